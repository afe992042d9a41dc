#!/usr/bin/env python3
"""Makes a large product to measure on; the same for the same arguments.

  make-monorepo.py FOLDER [--images 300] [--files 100] [--shared 10] [--commits 200] [--picks 20] [--ahead 0] [--manifests 1] [--npm NODE_MODULES]

In FOLDER, a git repository: src/GROUP/NAME/ with a Dockerfile and --files text files for each image, shared/NAME/ folders,
two of which each Dockerfile copies, a release's tag, --commits commits on main after it, and the branch release/1.0 with --picks
of them taken over, checked out. FOLDER.git is its bare remote. releases/ (ignored by git) has --manifests manifests, the newest
being the tagged release's, each with every image and 100 references to what others make. --ahead more commits follow on main, on a branch of
their own called ahead. The images are npm workspaces too, which depend on the shared folders that they copy; with --npm they get a lock file, and that
folder of modules (turbo, nx) as their own, ignored by git.
"""
import argparse, json, os, pathlib, random, shutil, subprocess

RELEASE = "1.0.202501010000"
GROUPS = 12
OTHERS = 100

arguments = argparse.ArgumentParser()
arguments.add_argument("folder")
for name, default in dict(images=300, files=100, shared=10, commits=200, picks=20, ahead=0, manifests=1).items():
    arguments.add_argument("--" + name, type=int, default=default)
arguments.add_argument("--npm")
wanted = arguments.parse_args()
folder = pathlib.Path(wanted.folder).absolute()
remote = folder.with_name(folder.name + ".git")
chance = random.Random(20250101)
words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) for _ in range(4000)]


def text(lines):
    return "".join(" ".join(chance.choices(words, k=9)) + "\n" for _ in range(lines))


def git(*command, **options):
    return subprocess.run(["git", "-C", folder, *command], check=True, text=True, stdout=subprocess.PIPE, **options).stdout.strip()


class History:
    """Commits written straight into the object store: git-fast-import(1)."""

    def __init__(self):
        self.import_ = subprocess.Popen(["git", "-C", folder, "fast-import", "--quiet"], stdin=subprocess.PIPE)
        self.clock = 1700000000
        self.mark = 0

    def write(self, line):
        self.import_.stdin.write(line.encode() + b"\n")

    def data(self, content):
        self.write(f"data {len(content.encode())}")
        self.write(content)

    def commit(self, branch, message, files, parent=None):
        self.mark += 1
        self.clock += 60
        self.write(f"commit refs/heads/{branch}\nmark :{self.mark}\ncommitter bench <bench@example.invalid> {self.clock} +0000")
        self.data(message)
        if parent:
            self.write(f"from :{parent}")
        for path, content in files.items():
            self.write(f"M 100644 inline {path}")
            self.data(content)
        return self.mark

    def tag(self, name, mark):
        self.write(f"tag {name}\nfrom :{mark}\ntagger bench <bench@example.invalid> {self.clock} +0000")
        self.data(f"release {name}")

    def end(self):
        self.import_.stdin.close()
        if self.import_.wait():
            raise SystemExit("git fast-import failed")


shared = [f"lib{n:02d}" for n in range(wanted.shared)]
images = [(f"g{n % GROUPS:02d}", f"img{n:03d}") for n in range(wanted.images)]


def package(name, **more):
    return json.dumps({"name": name, "version": "1.0.0", "private": True, "scripts": {"build": "true"}} | more) + "\n"


def with_lock(files):
    """The same files and the lock that npm makes of them, without a look at any registry."""
    for path, content in files.items():
        if path.endswith("package.json"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(content)
    subprocess.run(["npm", "install", "--package-lock-only", "--no-audit", "--no-fund", "--offline", "--loglevel=error"], cwd=folder, check=True)
    return files | {"package-lock.json": (folder / "package-lock.json").read_text()}


def product():
    files = {
        "graft.yaml": "product: mono\nimages:\n  - dockerfiles: src/*/*/Dockerfile\n    name: mono/{name}\n    context: .\n",
        ".version.yml": 'version: "1.0"\n',
        ".gitignore": ".graft\nreleases\nnode_modules\n.nx\n.turbo\n",
        "package.json": package("mono", workspaces=["src/*/*", "shared/*"], packageManager="npm@11.0.0"),
        "nx.json": json.dumps({"neverConnectToCloud": True, "analytics": False}) + "\n",
        "turbo.json": json.dumps({"tasks": {"build": {"dependsOn": ["^build"]}}}) + "\n",
    }
    for name in shared:
        files[f"shared/{name}/package.json"] = package(f"@p/{name}")
        for n in range(wanted.files):
            files[f"shared/{name}/f/{n:03d}.txt"] = text(chance.randint(5, 40))
    for group, name in images:
        own = f"src/{group}/{name}"
        uses = chance.sample(shared, min(2, len(shared)))
        files[f"{own}/package.json"] = package(f"@p/{name}", dependencies={f"@p/{use}": "1.0.0" for use in uses})
        files[f"{own}/image.yaml"] = f"name: {name}\nuses: [{', '.join(uses)}]\n"
        files[f"{own}/Dockerfile"] = "".join(
            ["FROM scratch\n", f"COPY {own}/ /app/\n"] + [f"COPY shared/{name}/ /shared/{name}/\n" for name in uses])
        for n in range(wanted.files):
            files[f"{own}/f/{n:03d}.txt"] = text(chance.randint(5, 40))
    return files


def manifest(name, commit, version):
    lines = [f"name: {name}", f"commit: {commit}", "released_at: 2025-01-01T00:00:00+00:00", "images:"]
    lines += [f"  mono/{group}-{image}: {version}" for group, image in images]
    lines += ["core_images:"] + [f"  - docker.io/vendor/part{n:03d}:{n}.{n % 7}.{n % 3}" for n in range(OTHERS)]
    return "\n".join(lines) + "\n"


for old in (folder, remote):
    shutil.rmtree(old, ignore_errors=True)
folder.mkdir(parents=True)
git("init", "-q", "-b", "main")
for key, value in {"user.name": "bench", "user.email": "bench@example.invalid", "gc.auto": "0"}.items():
    git("config", key, value)

files = with_lock(product()) if wanted.npm else product()
history = History()
base = tip = history.commit("main", "feat: all of it", files)
history.tag("v" + RELEASE, base)
# The later commits touch five images and one shared folder, one file each.
roots = [f"src/{group}/{name}" for group, name in chance.sample(images, min(5, len(images)))] + [f"shared/{name}" for name in shared[:1]]
if wanted.commits > len(roots) * wanted.files:
    raise SystemExit("more commits than files to touch")
changes = []
for n in range(wanted.commits):
    path = f"{roots[n % len(roots)]}/f/{n // len(roots):03d}.txt"
    changes.append((f"fix: change {n}", {path: files[path] + text(3)}))
for message, change in changes:
    tip = history.commit("main", message, change, tip)
later = tip
for n in range(wanted.ahead):
    group, name = images[n % len(images)]
    path = f"src/{group}/{name}/f/{wanted.files - 1 - n // len(images) % 40:03d}.txt"
    later = history.commit("ahead", f"feat: later change {n}", {path: files[path] + text(6)}, later)
tip = base
for message, change in changes[:: max(1, len(changes) // max(1, wanted.picks))][: wanted.picks]:
    tip = history.commit("release/1.0", message, change, tip)
if not wanted.picks:
    git("branch", "release/1.0", "v" + RELEASE)
history.end()

git("checkout", "-qf", "release/1.0")
git("gc", "-q")
subprocess.run(["git", "clone", "-q", "--bare", folder, remote], check=True)
git("remote", "add", "origin", remote)
git("fetch", "-q", "origin")
git("status", "--porcelain")
if wanted.npm:
    shutil.copytree(wanted.npm, folder / "node_modules", symlinks=True)

releases = folder / "releases"
releases.mkdir()
commit = git("rev-parse", f"v{RELEASE}^{{commit}}")
(releases / f"{RELEASE}.yaml").write_text(manifest(RELEASE, commit, "1.0.202412310000-0a1b2c3d"))
for n in range(1, wanted.manifests):
    name = f"1.0.20241{n // 28 % 3}{n % 28 + 1:02d}{n // 84 % 24:02d}00"
    (releases / f"{name}.yaml").write_text(manifest(name, commit, f"{name}-0a1b2c3d"))
print(f"{len(files)} files, {len(images)} images, {wanted.commits} commits, {len(os.listdir(releases))} manifests in {folder}")
