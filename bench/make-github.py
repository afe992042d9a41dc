#!/usr/bin/env python3
"""Makes what nginx needs to answer as GitHub's API does to who lists and fetches releases, and a product whose releases they are.

  make-github.py FOLDER N API-PORT FILES-PORT

FOLDER/nginx.conf serves the list of N releases, 100 a page, and sends on for their files to another port. FOLDER/urls is what a plain client has to
fetch for the same, FOLDER/curl that as curl's configuration.
"""
import hashlib, json, os, subprocess, sys

folder, count, api, files = os.path.abspath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
REPOSITORY = "/repos/acme/product"
for name in ("api", "files/assets", "logs", "product/releases", "product/src/web", "plain"):
    os.makedirs(f"{folder}/{name}", exist_ok=True)


def write(path, text):
    with open(f"{folder}/{path}", "w") as file:
        file.write(text)


releases, urls = [], []
for number in range(count):
    name = f"3.2.2025{number // 800 + 1:02}{number // 40 % 20 + 1:02}{number % 40 // 2:02}{number % 2 * 30:02}"
    commit = hashlib.sha1(name.encode()).hexdigest()
    manifest = f"name: {name}\ncommit: {commit}\nreleased_at: 2025-01-01T00:00:00+00:00\nimages:\n"
    manifest += "".join(f"  acme/image{image:03}: {name}-{commit[:8]}\n" for image in range(60))
    lock = json.dumps({"schema": 1, "references": {
        f"acme/image{image:03}:{name}-{commit[:8]}": {"digest": "sha256:" + hashlib.sha256(f"{name}{image}".encode()).hexdigest(), "mediaType": "application/vnd.oci.image.manifest.v1+json", "platforms": {}}
        for image in range(60)}}, indent=2) + "\n"
    assets = []
    for offset, (asset, text) in enumerate(((f"{name}.yaml", manifest), (f"{name}.lock.json", lock))):
        id = 2 * number + offset + 1
        write(f"files/assets/{id}", text)
        assets.append({"id": id, "name": asset, "state": "uploaded", "size": len(text), "digest": "sha256:" + hashlib.sha256(text.encode()).hexdigest(),
                       "url": f"http://127.0.0.1:{api}{REPOSITORY}/releases/assets/{id}"})
        urls.append((f"http://127.0.0.1:{api}{REPOSITORY}/releases/assets/{id}", asset))
    releases.append({"id": number + 1, "tag_name": f"v{name}", "target_commitish": commit, "draft": False, "prerelease": False, "name": name, "body": "## Fixes\n- one\n",
                     "html_url": f"http://127.0.0.1:{api}/acme/product/releases/{number + 1}", "assets": assets})

pages = [releases[start:start + 100] for start in range(0, count, 100)]
for number, page in enumerate(pages, 1):
    write(f"api/page{number}", json.dumps(page))
    urls.append((f"http://127.0.0.1:{api}{REPOSITORY}/releases?per_page=100&page={number}", f"page{number}"))
write("urls", "".join(f"{url} {name}\n" for url, name in urls))
write("curl", "".join(f"url = {url}\noutput = {folder}/plain/{name}\n" for url, name in urls))
write("api/repository", json.dumps({"full_name": "acme/product", "permissions": {"push": True}}))
links = "".join(f"    {number} '<http://127.0.0.1:{api}{REPOSITORY}/releases?per_page=100&page={number + 1}>; rel=\"next\"';\n" for number in range(2, len(pages)))
first = f"    '' '<http://127.0.0.1:{api}{REPOSITORY}/releases?per_page=100&page=2>; rel=\"next\"';\n" if len(pages) > 1 else ""
write("nginx.conf", f"""
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/logs/error;
events {{ worker_connections 512; }}
http {{
  access_log {folder}/logs/access combined buffer=64k flush=1s;
  keepalive_requests 100000;
  default_type application/json;
  map $arg_page $number {{ '' 1; default $arg_page; }}
  map $arg_page $next {{
    default '';
{first}{first.replace("''", "1", 1)}{links}  }}
  server {{
    listen 127.0.0.1:{api};
    location = {REPOSITORY} {{ alias {folder}/api/repository; }}
    location = {REPOSITORY}/releases {{ root {folder}/api; add_header Link $next; try_files /page$number =404; }}
    location ~ ^{REPOSITORY}/releases/assets/(\\d+)$ {{ return 302 http://127.0.0.1:{files}/assets/$1; }}
  }}
  server {{ listen 127.0.0.1:{files}; root {folder}/files; default_type application/octet-stream; }}
}}
""")
write("product/graft.yaml", f"schema: 1\nproduct: acme\npublisher: github:acme/product\ngithub-api: http://127.0.0.1:{api}\nimages:\n  - {{ dockerfiles: src/*/Dockerfile, name: \"acme/{{name}}\" }}\n")
write("product/src/web/Dockerfile", "FROM scratch\n")
write("product/.gitignore", "/releases/\n")
git = ["git", "-C", f"{folder}/product", "-c", "user.name=bench", "-c", "user.email=bench@example.org"]
for line in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "The product"]):
    subprocess.run(git + line, check=True)
