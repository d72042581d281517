#!/usr/bin/env python3
"""Writes a model folder shaped like FLUX.2 [klein] 4B with random bfloat16 weights: 16 GB that draw noise, to measure time
and memory with where the real weights cannot be had. Needs only Python and NumPy.

    python3 tools/klein_large.py /big/disk/klein-4b-random [--blocks DOUBLE SINGLE] [--layers N] [--kv]

then, with the class path of tools/klein_speed.py:

    java -Xmx1g --enable-native-access=ALL-UNNAMED -cp … dev.plantain.klein.LargeRun FOLDER SIDE STEPS [PHOTO-SIDE]
"""
import argparse, json, pathlib, shutil, struct

import numpy as np

FIXTURE = pathlib.Path(__file__).resolve().parent.parent / "klein/src/test/resources/dev/plantain/klein/fixtures/model"


def write(file, shapes):
    """Random matrices of unit gain; vectors of ones (offsets and means of zeros)."""
    rng = np.random.default_rng(0)
    noise = rng.standard_normal(1 << 22).astype(np.float32)
    header, at = {"__metadata__": {"format": "pt"}}, 0
    for name, shape in shapes.items():
        size = 2 * int(np.prod(shape))
        header[name] = {"dtype": "BF16", "shape": list(shape), "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(file, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text)
        for name, shape in shapes.items():
            count = int(np.prod(shape))
            if len(shape) == 1:
                value = 0.0 if name.endswith("bias") or name.endswith("mean") else 1.0
                block = np.full(count, value, np.float32)
            else:
                block = noise / np.sqrt(np.prod(shape[1:]))
            half = (block.view(np.uint32) >> 16).astype(np.uint16)
            start = int(rng.integers(0, max(1, len(half) - 1))) if len(shape) > 1 else 0
            half = np.roll(half, start)
            for i in range(0, count, len(half)):
                out.write(half[: min(len(half), count - i)].tobytes())
    print(f"{file}: {at / 1e9:.2f} GB", flush=True)


def transformer(double, single, d=3072, ff=9216):
    shapes = {"x_embedder.weight": (d, 128), "context_embedder.weight": (d, 7680), "proj_out.weight": (128, d),
              "norm_out.linear.weight": (2 * d, d), "single_stream_modulation.linear.weight": (3 * d, d),
              "double_stream_modulation_img.linear.weight": (6 * d, d),
              "double_stream_modulation_txt.linear.weight": (6 * d, d),
              "time_guidance_embed.timestep_embedder.linear_1.weight": (d, 256),
              "time_guidance_embed.timestep_embedder.linear_2.weight": (d, d)}
    for i in range(double):
        b = f"transformer_blocks.{i}."
        for m in ("to_q", "to_k", "to_v", "to_out.0", "add_q_proj", "add_k_proj", "add_v_proj", "to_add_out"):
            shapes[b + f"attn.{m}.weight"] = (d, d)
        for m in ("norm_q", "norm_k", "norm_added_q", "norm_added_k"):
            shapes[b + f"attn.{m}.weight"] = (128,)
        for m in ("ff", "ff_context"):
            shapes[b + m + ".linear_in.weight"], shapes[b + m + ".linear_out.weight"] = (2 * ff, d), (d, ff)
    for i in range(single):
        b = f"single_transformer_blocks.{i}.attn."
        shapes[b + "to_qkv_mlp_proj.weight"], shapes[b + "to_out.weight"] = (3 * d + 2 * ff, d), (d, d + ff)
        shapes[b + "norm_q.weight"] = shapes[b + "norm_k.weight"] = (128,)
    return shapes


def text(layers, d=2560, ff=9728, heads=32, keys=8, size=128):
    shapes = {"model.embed_tokens.weight": (151936, d), "model.norm.weight": (d,)}
    for i in range(layers):
        b = f"model.layers.{i}."
        shapes |= {b + "self_attn.q_proj.weight": (heads * size, d), b + "self_attn.k_proj.weight": (keys * size, d),
                   b + "self_attn.v_proj.weight": (keys * size, d), b + "self_attn.o_proj.weight": (d, heads * size),
                   b + "self_attn.q_norm.weight": (size,), b + "self_attn.k_norm.weight": (size,),
                   b + "mlp.gate_proj.weight": (ff, d), b + "mlp.up_proj.weight": (ff, d),
                   b + "mlp.down_proj.weight": (d, ff), b + "input_layernorm.weight": (d,),
                   b + "post_attention_layernorm.weight": (d,)}
    return shapes


def vae(channels=(128, 256, 512, 512), z=32):
    shapes = {}

    def conv(name, to, frm, k):
        shapes[name + ".weight"], shapes[name + ".bias"] = (to, frm, k, k), (to,)

    def norm(name, c):
        shapes[name + ".weight"], shapes[name + ".bias"] = (c,), (c,)

    def residual(name, frm, to):
        norm(name + ".norm1", frm), conv(name + ".conv1", to, frm, 3)
        norm(name + ".norm2", to), conv(name + ".conv2", to, to, 3)
        if frm != to:
            conv(name + ".conv_shortcut", to, frm, 1)

    def middle(name, c):
        residual(name + ".resnets.0", c, c), residual(name + ".resnets.1", c, c)
        norm(name + ".attentions.0.group_norm", c)
        for m in ("to_q", "to_k", "to_v", "to_out.0"):
            shapes[f"{name}.attentions.0.{m}.weight"], shapes[f"{name}.attentions.0.{m}.bias"] = (c, c), (c,)

    conv("encoder.conv_in", channels[0], 3, 3)
    frm = channels[0]
    for i, c in enumerate(channels):
        for k in range(2):
            residual(f"encoder.down_blocks.{i}.resnets.{k}", frm, c)
            frm = c
        if i < 3:
            conv(f"encoder.down_blocks.{i}.downsamplers.0.conv", c, c, 3)
    middle("encoder.mid_block", frm), norm("encoder.conv_norm_out", frm), conv("encoder.conv_out", 2 * z, frm, 3)
    conv("decoder.conv_in", frm, z, 3), middle("decoder.mid_block", frm)
    for i, c in enumerate(reversed(channels)):
        for k in range(3):
            residual(f"decoder.up_blocks.{i}.resnets.{k}", frm, c)
            frm = c
        if i < 3:
            conv(f"decoder.up_blocks.{i}.upsamplers.0.conv", c, c, 3)
    norm("decoder.conv_norm_out", frm), conv("decoder.conv_out", 3, frm, 3)
    conv("quant_conv", 2 * z, 2 * z, 1), conv("post_quant_conv", z, z, 1)
    shapes["bn.running_mean"] = shapes["bn.running_var"] = (4 * z,)
    return shapes


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("folder", type=pathlib.Path)
    arguments.add_argument("--blocks", type=int, nargs=2, default=(5, 20))
    arguments.add_argument("--layers", type=int, default=36)
    arguments.add_argument("--kv", action="store_true", help="of the class that keeps references")
    chosen = arguments.parse_args()
    shutil.copytree(FIXTURE, chosen.folder, dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns("*.safetensors", "*.index.json"))
    index = json.loads((chosen.folder / "model_index.json").read_text())
    index["_class_name"] = "Flux2KleinKVPipeline" if chosen.kv else "Flux2KleinPipeline"
    index["is_distilled"] = True
    (chosen.folder / "model_index.json").write_text(json.dumps(index))
    for part, more in {
        "transformer": dict(in_channels=128, num_layers=chosen.blocks[0], num_single_layers=chosen.blocks[1],
                            attention_head_dim=128, num_attention_heads=24, joint_attention_dim=7680,
                            timestep_guidance_channels=256, axes_dims_rope=[32] * 4),
        "text_encoder": dict(vocab_size=151936, hidden_size=2560, intermediate_size=9728, head_dim=128,
                             num_hidden_layers=chosen.layers, num_attention_heads=32, num_key_value_heads=8),
        "vae": dict(block_out_channels=[128, 256, 512, 512], latent_channels=32, norm_num_groups=32),
    }.items():
        file = chosen.folder / part / "config.json"
        file.write_text(json.dumps({**json.loads(file.read_text()), **more}))
    write(chosen.folder / "transformer/diffusion_pytorch_model.safetensors", transformer(*chosen.blocks))
    write(chosen.folder / "text_encoder/model.safetensors", text(chosen.layers))
    write(chosen.folder / "vae/diffusion_pytorch_model.safetensors", vae())


if __name__ == "__main__":
    main()
