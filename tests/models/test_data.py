"""Inputs and weights are read from files of numbers; what is wrong is told in a sentence, and nothing is run."""

import pickle

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch import nn

from axiomcheck.models.data import load_inputs
from axiomcheck.models.loading import digest, fill, load_model
from axiomcheck.networks import AxiomcheckError

ROWS = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])


def test_files_of_numbers_are_read(tmp_path):
    """Each kind of file gives the same numbers."""
    np.save(tmp_path / "x.npy", ROWS)
    np.savez(tmp_path / "x.npz", x=ROWS, y=np.zeros(3))
    (tmp_path / "x.csv").write_text("a,b\n1,2\n3,4\n5,6\n")
    save_file({"inputs": torch.tensor(ROWS)}, tmp_path / "x.safetensors")
    (tmp_path / "mine.py").write_text("def rows():\n    return [[1, 2], [3, 4], [5, 6]]\n")
    for name in ("x.npy", "x.npz", "x.csv", "x.safetensors", "mine.py:rows"):
        assert np.array_equal(load_inputs(str(tmp_path / name)), ROWS), name


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("x.pkl", "to load a pickle is to run whatever code is in it"),
        ("objects.npy", "it holds Python objects"),
        ("none.npy", "there is no file of inputs"),
        ("x.txt", "Expected inputs as .npy, .npz, .csv"),
        ("empty.npy", "there are no inputs"),
        ("single.npy", r"Expected inputs \(N, \*shape\) but got the shape \(2,\)"),
        ("nan.npy", "1 of 3 inputs hold NaN or an infinite number, the first is number 1"),
        ("words.npy", "Expected inputs of real numbers"),
        ("two.npz", "holds a, b: name the one that is explained"),
        ("broken.npy", "cannot read the inputs"),
        ("huge.npy", "there are inputs beyond 1e\\+100, whose squares are too large: scale them"),
        ("empty.csv", "is empty"),
    ],
)
def test_what_is_no_data_says_why(name, sentence, tmp_path):
    """One sentence each."""
    (tmp_path / "x.pkl").write_bytes(pickle.dumps(ROWS))
    np.save(tmp_path / "objects.npy", np.array([object()]), allow_pickle=True)
    np.save(tmp_path / "empty.npy", np.zeros((0, 3)))
    np.save(tmp_path / "single.npy", np.zeros(2))
    np.save(tmp_path / "nan.npy", np.array([[0.0], [np.nan], [1.0]]))
    np.save(tmp_path / "words.npy", np.array([["a"]]))
    np.savez(tmp_path / "two.npz", a=ROWS, b=ROWS)
    (tmp_path / "broken.npy").write_bytes(b"nothing")
    np.save(tmp_path / "huge.npy", 1e200 * ROWS)
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(AxiomcheckError, match=sentence):
        load_inputs(str(tmp_path / name))


def test_weights_are_loaded_and_told_apart(tmp_path):
    """The same weights have the same hash, in both kinds of file; others have another."""
    torch.manual_seed(0)
    one, other = nn.Linear(2, 3), nn.Linear(2, 3)
    save_file(one.state_dict(), tmp_path / "w.safetensors")
    torch.save(one.state_dict(), tmp_path / "w.pt")
    assert digest(one) != digest(other)
    for name in ("w.safetensors", "w.pt"):
        other = nn.Linear(2, 3)
        fill(other, tmp_path / name)
        assert digest(one) == digest(other)


def test_weights_that_do_not_fit_say_why(tmp_path):
    """Wrong shapes, names and files have one sentence each."""
    save_file(nn.Linear(2, 3).state_dict(), tmp_path / "w.safetensors")
    torch.save(nn.Linear(2, 3), tmp_path / "model.pt")
    torch.save({"state_dict": nn.Linear(2, 3).state_dict()}, tmp_path / "nested.pt")
    (tmp_path / "w.txt").write_text("")
    wrong = [
        (nn.Linear(4, 3), "w.safetensors", "do not fit the model: size mismatch for weight"),
        (nn.Sequential(nn.Linear(2, 3)), "w.safetensors", "lack 0.weight, 0.bias"),
        (nn.Linear(2, 3, bias=False), "w.safetensors", "have, beyond the model, bias"),
        (nn.Linear(2, 3), "model.pt", "more than tensors, which could run code"),
        (nn.Linear(2, 3), "nested.pt", "as model.state_dict.. has them; those in 'state_dict' alone may be it"),
        (nn.Linear(2, 3), "none.pt", "there is no file of weights"),
        (nn.Linear(2, 3), "w.txt", "Expected weights that end in .safetensors"),
    ]
    for model, name, sentence in wrong:
        with pytest.raises(AxiomcheckError, match=sentence):
            fill(model, tmp_path / name)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("def load(): raise ValueError('no luck')", "cannot be made: ValueError: no luck"),
        ("def load(): return 3", "to return an nn.Module but got int"),
        ("load = 3", "Expected a model, or a callable that returns one"),
        ("import nothing_of_that_name", "cannot load the model .* ModuleNotFoundError"),
        ("", "there is no 'load'"),
    ],
)
def test_models_that_cannot_be_loaded_say_why(text, sentence, tmp_path):
    """One sentence each."""
    (tmp_path / "mine.py").write_text(text)
    with pytest.raises(AxiomcheckError, match=sentence):
        load_model(f"{tmp_path / 'mine.py'}:load")


def test_a_model_needs_a_name():
    """A word alone names no model."""
    with pytest.raises(AxiomcheckError, match=r"package\.module:name or file\.py:name"):
        load_model("resnet")
