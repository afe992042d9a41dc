#!/usr/bin/env python3
"""Puts N tiny images of three layers into a registry on loopback, and makes a product whose live release refers to all of them.

  make-images.py HOST:PORT N FOLDER [--at HOST:PORT]

The images are pushed to HOST:PORT; the manifest says that they are at the other host, such as a slower way to the same registry.
"""
import argparse, gzip, hashlib, http.client, io, json, os, subprocess, tarfile

arguments = argparse.ArgumentParser()
arguments.add_argument("registry")
arguments.add_argument("count", type=int)
arguments.add_argument("folder")
arguments.add_argument("--at")
wanted = arguments.parse_args()
connection = http.client.HTTPConnection(wanted.registry)
RELEASE = "1.0.202501010000"


def call(method, path, body=None, **headers):
    connection.request(method, path, body, headers)
    reply = connection.getresponse()
    reply.read()
    if reply.status >= 300:
        raise SystemExit(f"{method} {path}: {reply.status}")
    return reply


def push(repository, content):
    digest = "sha256:" + hashlib.sha256(content).hexdigest()
    place = call("POST", f"/v2/{repository}/blobs/uploads/").headers["Location"]
    path = "/" + place.split("/", 3)[3]
    call("PUT", f"{path}{'&' if '?' in path else '?'}digest={digest}", content, **{"Content-Type": "application/octet-stream"})
    return {"size": len(content), "digest": digest}


def layer(text):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        entry = tarfile.TarInfo("content")
        entry.size = len(text)
        archive.addfile(entry, io.BytesIO(text.encode()))
    return packed.getvalue()


for number in range(wanted.count):
    repository = f"bench/i{number:03}"
    tars = [layer(f"{which} of {number}") for which in range(3)]
    layers = [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", **push(repository, gzip.compress(tar, mtime=0))} for tar in tars]
    ids = ["sha256:" + hashlib.sha256(tar).hexdigest() for tar in tars]
    config = {"architecture": "amd64", "os": "linux", "config": {}, "rootfs": {"type": "layers", "diff_ids": ids}}
    manifest = {
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {"mediaType": "application/vnd.oci.image.config.v1+json", **push(repository, json.dumps(config).encode())}, "layers": layers,
    }
    call("PUT", f"/v2/{repository}/manifests/1", json.dumps(manifest), **{"Content-Type": manifest["mediaType"]})

os.makedirs(f"{wanted.folder}/src/web", exist_ok=True)
os.makedirs(f"{wanted.folder}/releases", exist_ok=True)
for path, text in {
    "graft.yaml": "schema: 1\nproduct: bench\nimages:\n  - { dockerfiles: src/*/Dockerfile, name: \"bench/{name}\" }\n",
    "src/web/Dockerfile": "FROM scratch\n", ".gitignore": "/releases/\n",
}.items():
    with open(f"{wanted.folder}/{path}", "w") as file:
        file.write(text)


def git(*line):
    return subprocess.run(["git", "-C", wanted.folder, "-c", "user.name=bench", "-c", "user.email=bench@example.org", *line], check=True, capture_output=True, text=True).stdout.strip()


git("init", "-q", "-b", "main")
git("add", "-A")
git("commit", "-q", "--allow-empty", "-m", "The product")
with open(f"{wanted.folder}/releases/{RELEASE}.yaml", "w") as file:
    file.write(f"name: {RELEASE}\ncommit: {git('rev-parse', 'HEAD')}\nreleased_at: 2025-01-01T00:00:00+00:00\ncore_images:\n")
    file.writelines(f"  - {wanted.at or wanted.registry}/bench/i{number:03}:1\n" for number in range(wanted.count))
