"""Figures of PSNR and SSIM for two computed pictures, from scikit-image: what PictureErrorTest expects.

Run: pip install scikit-image==0.25.2 && python tools/picture_fixtures.py
"""
import numpy as np
from skimage.metrics import peak_signal_noise_ratio, structural_similarity


def picture(a, b, c, height=48, width=64):
    y, x = np.mgrid[:height, :width]
    return np.stack([(a * x + y * y) % 256, (b * y + x) % 256, (c * (x + y)) % 256], -1).astype(np.uint8)


def luma(p):
    return (0.299 * p[..., 0] + 0.587 * p[..., 1] + 0.114 * p[..., 2]) / 255


one, other = picture(3, 5, 2), picture(4, 5, 3)
print(f"psnr {peak_signal_noise_ratio(one, other):.10f}")
print(f"ssim {structural_similarity(luma(one), luma(other), data_range=1):.10f}")
