"""One small classifier of scikit-learn as joblib, pickle, cloudpickle and skops write it, and arrays of NumPy.

Run in this folder: python generate.py   (packages: requirements.txt)
"""
import pickle

import cloudpickle
import joblib
import numpy as np
import skops.io
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

TEXTS = ["a good film", "a bad film", "good", "bad and slow"]
model = make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(TEXTS, [1, 0, 1, 0])

joblib.dump(model, "plain.joblib")
joblib.dump(model, "packed.joblib", compress=3)
skops.io.dump(model, "model.skops")
with open("pickle.pkl", "wb") as file:
    pickle.dump(model, file, protocol=5)
with open("cloudpickle.pkl", "wb") as file:
    # with code of its own, which pickle refuses
    own = make_pipeline(TfidfVectorizer(tokenizer=lambda text: text.split()), LogisticRegression())
    cloudpickle.dump(own.fit(TEXTS, [1, 0, 1, 0]), file)
np.savez("arrays.npz", weights=np.zeros((2, 3), np.float32), bias=np.zeros(2, np.float32))
