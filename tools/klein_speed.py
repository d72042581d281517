#!/usr/bin/env python3
"""One double- and one single-stream block at the size of FLUX.2 [klein] 4B, PyTorch and Plantain in turns on the same
weights and inputs: time, memory, and how far the results are apart.

    mvn -q test-compile -pl klein -am
    mvn -q -pl klein dependency:build-classpath -DincludeScope=test -Dmdep.outputFile=/tmp/klein.cp
    /tmp/klein/bin/python tools/klein_speed.py --class-path "klein/target/classes:klein/target/test-classes:$(cat /tmp/klein.cp)"

The Python is that of tools/klein_fixtures.py. Memory is what a pass adds to the process's resident size at its peak.
"""
import argparse, ctypes, json, os, pathlib, subprocess, sys, tempfile, time

import torch
from safetensors.torch import load_file, save_file
from diffusers import Flux2Transformer2DModel

TEXT, PICTURE = 512, (32, 32)


def resident(key):
    for line in open("/proc/self/status"):
        if line.startswith(key):
            return int(line.split()[1]) * 1024
    return 0


def model(weights=None):
    """One block of each kind: random, or of these weights."""
    with torch.device("meta" if weights else "cpu"):
        net = Flux2Transformer2DModel(in_channels=128, num_layers=1, num_single_layers=1, attention_head_dim=128,
                                      num_attention_heads=24, joint_attention_dim=7680, guidance_embeds=False).eval()
    if weights:
        net.load_state_dict(load_file(weights / "diffusion_pytorch_model.safetensors"), strict=False, assign=True)
        return net
    torch.manual_seed(0)
    with torch.no_grad():
        for p in net.parameters():
            if p.ndim == 2:
                p.normal_(0, p.shape[1] ** -0.5)
    return net


def positions(net):
    text = torch.cartesian_prod(torch.arange(1), torch.arange(1), torch.arange(1), torch.arange(TEXT))
    pictures = torch.cartesian_prod(torch.arange(1), *[torch.arange(s) for s in PICTURE], torch.arange(1))
    return net.pos_embed(torch.cat([text, pictures]))


def prepare(folder):
    net = model()
    save = {k: v for k, v in net.state_dict().items() if "transformer_blocks" in k}
    save_file(save, folder / "diffusion_pytorch_model.safetensors")
    (folder / "bf16").mkdir(exist_ok=True)
    save_file({k: v.bfloat16() for k, v in save.items()}, folder / "bf16/diffusion_pytorch_model.safetensors")
    n = PICTURE[0] * PICTURE[1]
    inputs = {"text": torch.randn(1, TEXT, 3072), "pictures": torch.randn(1, n, 3072),
              "double_img": 0.1 * torch.randn(1, 6 * 3072), "double_txt": 0.1 * torch.randn(1, 6 * 3072),
              "single": 0.1 * torch.randn(1, 3 * 3072)}
    turns = positions(net)
    with torch.no_grad():
        text, pictures = double(net, inputs, turns)
        single_out = single(net, inputs, turns)
    save_file({**inputs, "double.text": text.contiguous(), "double.pictures": pictures.contiguous(),
               "single.out": single_out.contiguous()}, folder / "cases.safetensors")


def double(net, x, turns):
    return net.transformer_blocks[0](hidden_states=x["pictures"], encoder_hidden_states=x["text"],
                                     temb_mod_img=x["double_img"], temb_mod_txt=x["double_txt"],
                                     image_rotary_emb=turns)


def single(net, x, turns):
    joint = torch.cat([x["text"], x["pictures"]], 1)
    return net.single_transformer_blocks[0](joint, None, x["single"], image_rotary_emb=turns)


def timed(run):
    with torch.no_grad():
        run()
        ctypes.CDLL(None).malloc_trim(0)  # what the first pass left behind is no one's memory
        before = resident("VmRSS")
        open("/proc/self/clear_refs", "w").write("5")
        run()
        memory = resident("VmHWM") - before
        best = 1e9
        for _ in range(2):
            start = time.perf_counter()
            run()
            best = min(best, time.perf_counter() - start)
    return best, memory


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--class-path", required=True)
    arguments.add_argument("--java", default="java")
    arguments.add_argument("--folder", help="where weights are kept for another run")
    arguments.add_argument("--only", choices=["float32", "bfloat16"])
    chosen = arguments.parse_args()
    folder = pathlib.Path(chosen.folder or tempfile.mkdtemp(prefix="klein-speed-"))
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "cases.safetensors").exists():
        prepare(folder)
    cases = load_file(folder / "cases.safetensors")
    worst = 0
    for precision in [chosen.only] if chosen.only else ["float32", "bfloat16"]:
        kind = getattr(torch, precision)
        here = model(folder if kind == torch.float32 else folder / "bf16")
        turns = positions(here)
        x = {k: cases[k].to(kind) for k in ("text", "pictures", "double_img", "double_txt", "single")}
        with torch.no_grad():  # what PyTorch's own rounding costs
            for name, out in (("double", double(here, x, turns)[1]), ("single", single(here, x, turns))):
                expected = cases["double.pictures" if name == "double" else "single.out"]
                off = ((out.float() - expected).abs().max() / expected.abs().max()).item()
                print(f"{precision:9} {name:7} PyTorch is off its float32 by {off:.1e}", flush=True)
        python, java = {}, {}
        for _ in range(2):  # in turns: other work on the machine then disturbs both
            for name, run in (("double", lambda: double(here, x, turns)), ("single", lambda: single(here, x, turns))):
                t, m = timed(run)
                python[name] = (min(t, python.get(name, (t, m))[0]), max(m, python.get(name, (t, m))[1]))
            lines = subprocess.run(
                [chosen.java, "-Xmx512m", "--enable-native-access=ALL-UNNAMED", "-cp", chosen.class_path,
                 "dev.plantain.klein.BlockSpeed", str(folder), precision], check=True, capture_output=True, text=True)
            for name, got in json.loads(lines.stdout.strip().splitlines()[-1]).items():
                old = java.get(name, got)
                java[name] = {"seconds": min(got["seconds"], old["seconds"]),
                              "memory": max(got["memory"], old["memory"]), "off": got["off"]}
        for name in ("double", "single"):
            (t, m), j = python[name], java[name]
            print(f"{precision:9} {name:7} PyTorch {t:.2f} s {m / 1e6:5.0f} MB   Plantain {j['seconds']:.2f} s "
                  f"{j['memory'] / 1e6:5.0f} MB   time x{j['seconds'] / t:.2f} memory x{j['memory'] / max(m, 1):.2f}"
                  f"   largest relative difference {j['off']:.1e}", flush=True)
            worst = max(worst, j["seconds"] / t)
    return 0 if worst <= 1 else 1


if __name__ == "__main__":
    sys.exit(main())
