#!/usr/bin/env python3
"""Makes the parity fixtures of `klein`: small, seeded models of the classes that FLUX.2 [klein] is made of, their
inputs and what PyTorch answers.

    python3 -m venv /tmp/klein && /tmp/klein/bin/pip install torch==2.10.0 diffusers==0.42.0 transformers==5.24.0 \
        peft==0.21.2 accelerate pillow
    /tmp/klein/bin/python tools/klein_fixtures.py              # writes klein/src/test/resources/…/fixtures
    /tmp/klein/bin/python tools/klein_fixtures.py --adapter F  # loads an adapter saved by Plantain, checks its picture

Weights are drawn so that every layer matters: the classes' own initialisation leaves most outputs near zero.
"""
import argparse, json, math, os, pathlib, sys

import numpy as np
import torch
from PIL import Image
from safetensors.torch import save_file

import diffusers, peft, transformers
from diffusers import (AutoencoderKLFlux2, FlowMatchEulerDiscreteScheduler, Flux2KleinKVPipeline, Flux2KleinPipeline,
                       Flux2Transformer2DModel)
from diffusers.pipelines.flux2.pipeline_flux2_klein import compute_empirical_mu
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import Qwen2TokenizerFast, Qwen3Config, Qwen3ForCausalLM

PINNED = {torch: "2.10.0", diffusers: "0.42.0", transformers: "5.24.0", peft: "0.21.2"}
ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "klein/src/test/resources/dev/plantain/klein/fixtures"
PROMPT = "Segment this image. Paint sofa in red, lamp in blue and leave the background black."
TEMPLATE = (
    "{%- for message in messages %}{{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>' + '\\n' }}"
    "{%- endfor %}{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}"
    "{%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\\n\\n</think>\\n\\n' }}{%- endif %}"
    "{%- endif %}")


def randomise(model, seed):
    """Weights of unit gain, gains around one, so that signals neither die nor grow."""
    g = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, p in model.named_parameters():
            if p.ndim >= 2:
                fan_in = p[0].numel()
                p.copy_(torch.randn(p.shape, generator=g) * (1.0 if "embed_tokens" in name else fan_in**-0.5))
            elif name.endswith("weight"):
                p.copy_(1 + 0.2 * torch.randn(p.shape, generator=g))
            else:
                p.copy_(0.1 * torch.randn(p.shape, generator=g))
        for name, b in model.named_buffers():
            if name.endswith("running_mean"):
                b.copy_(0.3 * torch.randn(b.shape, generator=g))
            if name.endswith("running_var"):
                b.copy_(0.5 + torch.rand(b.shape, generator=g))
    return model.eval()


def tokenizer(folder):
    tok = Tokenizer(models.BPE())
    tok.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tok.decoder = decoders.ByteLevel()
    special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<think>", "</think>"]
    trainer = trainers.BpeTrainer(vocab_size=300, special_tokens=special,
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tok.train_from_iterator([PROMPT, "assistant user paint the sofa"] * 4, trainer)
    tok.save(str(folder / "raw.json"))
    fast = Qwen2TokenizerFast(tokenizer_file=str(folder / "raw.json"), pad_token="<|endoftext|>",
                              eos_token="<|im_end|>", model_max_length=1024)
    fast.chat_template = TEMPLATE
    os.remove(folder / "raw.json")
    return fast


def models_():
    text = randomise(Qwen3ForCausalLM(Qwen3Config(
        vocab_size=320, hidden_size=16, intermediate_size=24, num_hidden_layers=28, num_attention_heads=4,
        num_key_value_heads=2, head_dim=8, max_position_embeddings=1024, rope_theta=1000000.0, rms_norm_eps=1e-6,
        tie_word_embeddings=True, attention_bias=False)), 1)
    vae = randomise(AutoencoderKLFlux2(
        block_out_channels=(8, 8, 16, 16), layers_per_block=2, latent_channels=4, norm_num_groups=4,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4, sample_size=64), 2)
    transformer = randomise(Flux2Transformer2DModel(
        in_channels=16, num_layers=2, num_single_layers=3, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=48, timestep_guidance_channels=16, mlp_ratio=3.0, axes_dims_rope=(4, 4, 4, 4),
        rope_theta=2000, guidance_embeds=False), 3)
    scheduler = FlowMatchEulerDiscreteScheduler(shift=3.0, use_dynamic_shifting=True, base_shift=0.5, max_shift=1.15,
                                                base_image_seq_len=256, max_image_seq_len=4096)
    return text, vae, transformer, scheduler


def picture(width, height, seed):
    """A smooth picture: pixels of pure noise would test little of an autoencoder."""
    g = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    rgb = np.stack([127 + 90 * np.sin(x / g.uniform(3, 11) + y / g.uniform(3, 11) + g.uniform(0, 6)) for _ in range(3)], -1)
    return Image.fromarray(np.clip(rgb + g.normal(0, 8, rgb.shape), 0, 255).astype(np.uint8))


def pixels(image):
    return torch.from_numpy(np.asarray(image).copy())


def draw(pipe, noise, steps, guidance=None, images=None, size=None, **more):
    kwargs = dict(prompt=PROMPT, num_inference_steps=steps, latents=noise, output_type="pil", **more)
    if guidance is not None:
        kwargs["guidance_scale"] = guidance
    if images:
        kwargs["image"] = images
    if size:
        kwargs["width"], kwargs["height"] = size
    with torch.no_grad():
        return pixels(pipe(**kwargs).images[0])


def lora_config(rank, alpha, targets):
    return peft.LoraConfig(r=rank, lora_alpha=alpha, target_modules=targets, init_lora_weights=False)


WIDE = ["to_q", "to_k", "to_v", "to_out.0", "add_q_proj", "to_add_out", "ff.linear_in", "ff_context.linear_out",
        "to_qkv_mlp_proj", "single_transformer_blocks.1.attn.to_out"]
NARROW = ["to_qkv_mlp_proj", "to_q", "x_embedder", "single_stream_modulation.linear"]


def add_lora(transformer, name, rank, alpha, targets, seed):
    transformer.add_adapter(lora_config(rank, alpha, targets), adapter_name=name)
    g = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for key, p in transformer.named_parameters():
            if f".{name}." in key:
                p.copy_(torch.randn(p.shape, generator=g) * (0.3 if "lora_B" in key else p.shape[1] ** -0.5))


def save_lora(transformer, name, file):
    from peft.utils import get_peft_model_state_dict
    layers = get_peft_model_state_dict(transformer, adapter_name=name)
    config = transformer.peft_config[name].to_dict()
    Flux2KleinPipeline.save_lora_weights(file.parent, transformer_lora_layers=layers, weight_name=file.name,
                                         transformer_lora_adapter_metadata=config)


def main():
    text, vae, transformer, scheduler = models_()
    folder = OUT / "model"
    folder.mkdir(parents=True, exist_ok=True)
    tok = tokenizer(folder)
    pipe = Flux2KleinPipeline(scheduler, vae, text, tok, transformer, is_distilled=False)
    pipe.set_progress_bar_config(disable=True)
    pipe.save_pretrained(folder)
    text.save_pretrained(folder / "text_encoder", max_shard_size="200KB")
    for stale in (folder / "text_encoder").glob("model.safetensors"):
        stale.unlink()
    cases = {}
    facts = {"prompt": PROMPT}

    # Text: one prompt, and the empty one beside it.
    with torch.no_grad():
        ids = []
        for prompt in (PROMPT, ""):
            words = tok.apply_chat_template([{"role": "user", "content": prompt}], tokenize=False,
                                            add_generation_prompt=True, enable_thinking=False)
            ids.append(tok(words, padding="max_length", truncation=True, max_length=512)["input_ids"])
        cases["text.ids"] = torch.tensor(ids)
        both = pipe._get_qwen3_prompt_embeds(text, tok, [PROMPT, ""], max_sequence_length=512)
        embeds = both[:, :64].contiguous()
        cases["text.embeds"] = embeds
        facts["text.whole_abs_sum"] = both.abs().sum(dim=(1, 2)).tolist()
        # As from_pretrained loads it: rotary frequencies stay in float32, which .to(bfloat16) would round.
        half = Qwen3ForCausalLM.from_pretrained(folder / "text_encoder", dtype=torch.bfloat16).eval()
        cases["text.embeds_bf16"] = pipe._get_qwen3_prompt_embeds(half, tok, [PROMPT, ""])[:, :64].float().contiguous()

    # Autoencoder: an odd size and a batch.
    with torch.no_grad():
        g = torch.Generator().manual_seed(5)
        x = torch.stack([pixels(picture(80, 48, s)).permute(2, 0, 1) / 127.5 - 1 for s in (1, 2)])
        cases["vae.pictures"] = x.contiguous()
        cases["vae.latents"] = pipe._encode_vae_image(x, None)
        z = torch.randn(2, 4, 6, 10, generator=g)
        cases["vae.z"] = z
        cases["vae.decoded"] = vae.decode(z).sample

    # Transformer: text to image in a batch of two times, odd sizes; with two references of different sizes.
    def ids_of(height, width, t=0):
        return torch.cartesian_prod(torch.tensor([t]), torch.arange(height), torch.arange(width), torch.arange(1))

    with torch.no_grad():
        g = torch.Generator().manual_seed(6)
        txt = torch.randn(2, 7, 48, generator=g)
        txt_ids = torch.cartesian_prod(torch.arange(1), torch.arange(1), torch.arange(1), torch.arange(7))
        hidden = torch.randn(2, 15, 16, generator=g)
        times = torch.tensor([0.73, 0.11])
        cases["net.text"], cases["net.hidden"], cases["net.times"] = txt, hidden, times
        plain = dict(encoder_hidden_states=txt, timestep=times, txt_ids=txt_ids, return_dict=False)
        cases["net.out"] = transformer(hidden, img_ids=ids_of(3, 5), **plain)[0]
        refs = torch.randn(2, 8 + 9, 16, generator=g)
        ref_ids = torch.cat([ids_of(2, 4, 10), ids_of(3, 3, 20)])
        cases["net.references"] = refs
        whole = torch.cat([ids_of(3, 5), ref_ids])
        cases["net.out_references"] = transformer(torch.cat([hidden, refs], 1), img_ids=whole, **plain)[0]
        half = Flux2Transformer2DModel.from_pretrained(folder / "transformer", torch_dtype=torch.bfloat16).eval()
        b = torch.bfloat16
        cases["net.out_references_bf16"] = half(
            torch.cat([hidden, refs], 1).to(b), img_ids=whole, encoder_hidden_states=txt.to(b), timestep=times,
            txt_ids=txt_ids, return_dict=False)[0].float()

    # Schedules.
    for tokens, steps in ((4096, 50), (15, 4), (6000, 8), (1024, 28)):
        s = FlowMatchEulerDiscreteScheduler.from_config(scheduler.config)
        mu = compute_empirical_mu(tokens, steps)
        s.set_timesteps(sigmas=np.linspace(1.0, 1 / steps, steps), mu=mu)
        cases[f"schedule.{tokens}.{steps}"] = s.sigmas
        facts[f"schedule.{tokens}.{steps}.mu"] = mu

    # Whole pipelines with given noise.
    g = torch.Generator().manual_seed(7)
    noise = torch.randn(1, 16, 4, 6, generator=g)
    cases["pipe.noise"] = noise
    first, second = picture(96, 64, 11), picture(64, 80, 12)
    cases["pipe.first"], cases["pipe.second"] = pixels(first), pixels(second)
    cases["pipe.guided"] = draw(pipe, noise, 5, 4.0, size=(96, 64))
    cases["pipe.plain"] = draw(pipe, noise, 5, 1.0, size=(96, 64))
    cases["pipe.one_reference"] = draw(pipe, noise, 4, 1.0, [first])
    cases["pipe.two_references"] = draw(pipe, noise, 4, 2.5, [first, second])
    kv = Flux2KleinKVPipeline(scheduler, vae, text, tok, models_()[2])
    kv.set_progress_bar_config(disable=True)
    cases["pipe.kv"] = draw(kv, noise, 4, images=[first, second])

    # LoRA: one adapter with alpha unlike its rank, two at once, gradients and fifty steps of training.
    plain["img_ids"] = ids_of(3, 5)
    add_lora(transformer, "wide", 4, 6, WIDE, 21)
    save_lora(transformer, "wide", OUT / "wide.safetensors")
    with torch.no_grad():
        transformer.set_adapters(["wide"], [0.7])
        cases["lora.wide"] = transformer(hidden, **plain)[0]
        add_lora(transformer, "narrow", 2, 2, NARROW, 22)
        save_lora(transformer, "narrow", OUT / "narrow.safetensors")
        transformer.set_adapters(["wide", "narrow"], [0.7, -0.4])
        cases["lora.both"] = transformer(hidden, **plain)[0]
        transformer.set_adapters(["wide"], [1.0])
        cases["lora.picture"] = draw(pipe, noise, 4, 1.0, [first])
    transformer.delete_adapters(["narrow"])
    target = torch.randn(2, 15, 16, generator=g)
    cases["lora.target"] = target
    trained = {k: p for k, p in transformer.named_parameters() if ".wide." in k}
    for k, p in transformer.named_parameters():
        p.requires_grad_(k in trained)
    loss = ((transformer(hidden, **plain)[0] - target) ** 2).mean()
    loss.backward()
    for k, p in trained.items():
        cases["grad." + k.replace(".wide.", ".")] = p.grad.clone()
    facts["lora.loss"] = loss.item()
    optimiser = torch.optim.AdamW(trained.values(), lr=2e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)
    losses = []
    for _ in range(50):
        optimiser.zero_grad()
        loss = ((transformer(hidden, **plain)[0] - target) ** 2).mean()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
    facts["lora.losses"] = losses
    save_file({k: v.contiguous() for k, v in cases.items()}, OUT / "cases.safetensors")
    (OUT / "facts.json").write_text(json.dumps(facts, indent=1) + "\n")
    print(f"{sum(f.stat().st_size for f in OUT.rglob('*') if f.is_file()):,} bytes in {OUT}")


def check_adapter(file, scale):
    """The picture that diffusers draws with an adapter, against the one beside it (FILE.png)."""
    pipe = Flux2KleinPipeline.from_pretrained(OUT / "model")
    pipe.set_progress_bar_config(disable=True)
    pipe.load_lora_weights(file)
    from safetensors.torch import load_file
    cases = load_file(OUT / "cases.safetensors")
    drawn = draw(pipe, cases["pipe.noise"], 4, 1.0, [Image.fromarray(cases["pipe.first"].numpy())])
    theirs = pixels(Image.open(str(file) + ".png").convert("RGB"))
    worst = (drawn.int() - theirs.int()).abs().max().item()
    changed = (drawn.int() - cases["pipe.one_reference"].int()).abs().max().item()
    print(f"largest difference {worst} of 255; the adapter changes the picture by up to {changed}")
    return 0 if worst <= 1 and changed > 8 else 1


if __name__ == "__main__":
    for module, version in PINNED.items():
        if module.__version__.split("+")[0] != version:
            sys.exit(f"{module.__name__} {version} is needed, this is {module.__version__}")
    torch.manual_seed(0)
    torch.set_num_threads(1)  # the models are tiny, and the order of sums stays the same everywhere
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--adapter")
    chosen = arguments.parse_args()
    sys.exit(check_adapter(chosen.adapter, 1.0) if chosen.adapter else main())
