"""Writes the small files that the readers of `cotangent::data` are held against: as other programs write them.

python3 -m venv venv && venv/bin/pip install numpy safetensors pillow tokenizers
venv/bin/python make.py
"""

import numpy as np
from PIL import Image
from safetensors.numpy import save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

grid = np.arange(6, dtype="<f4").reshape(3, 2) / 4
np.save("rows.npy", grid)
np.save("columns.npy", np.asfortranarray(np.arange(24, dtype="<f8").reshape(2, 3, 4)))
np.save("big_endian.npy", np.array([-2, 258], dtype=">i2"))
np.save("flags.npy", np.array([[True, False, True]]))
np.save("scalar.npy", np.float32(2.5))
np.save("record.npy", np.array([(1, 2.0)], dtype=[("a", "<i4"), ("b", "<f4")]))
with open("version2.npy", "wb") as file:
    np.lib.format.write_array(file, grid, version=(2, 0))
np.savez("stored.npz", x=grid, y=np.array([2, 0, 1], dtype=np.uint8))
np.savez_compressed("packed.npz", x=np.zeros((100, 8), dtype="<f4"), y=np.arange(100, dtype="<i8") % 10)

save_file({"w": grid, "b": np.array([1, -1], dtype="<i8"), "half": grid.astype("<f2")}, "three.safetensors")

# Red, green and blue of each pixel, row by row.
rgb = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255]], [[1, 2, 3], [4, 5, 6], [7, 8, 9]]], dtype=np.uint8)
Image.fromarray(rgb).save("rgb.png")
Image.fromarray(rgb[:, :, 0]).save("grey.png")
Image.fromarray(np.dstack([rgb, np.full((2, 3), 128, np.uint8)])).save("rgba.png")
Image.fromarray(np.array([[0, 65535]], dtype=np.uint16)).save("deep.png")
Image.fromarray(np.full((8, 8, 3), (200, 100, 50), np.uint8)).save("flat.jpg", quality=95)

tokenizer = Tokenizer(models.BPE())
tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
tokenizer.decoder = decoders.ByteLevel()
trainer = trainers.BpeTrainer(vocab_size=40, show_progress=False, special_tokens=["<end>"])
tokenizer.train_from_iterator(["the cat sat on the mat", "the hat"] * 3, trainer)
tokenizer.save("tokenizer.json")
print(tokenizer.get_vocab_size(), tokenizer.encode("the cat<end>").ids)
