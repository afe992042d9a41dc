using Graft.Testing;

namespace Graft.Core.Tests.Products.Discovery;

/// <summary>Layouts of public repositories, rebuilt in small: what init writes is right without an edit.</summary>
public sealed class LayoutTests
{
    // As in a shop of microservices: each folder is its own context, some with the sources a level down.
    private static Layout OneContextPerService => new Layout("boutique", "acme")
        .With("src/cart/src/Dockerfile", "FROM mcr.microsoft.com/dotnet/sdk:9.0 AS builder\nCOPY cart.csproj .\nCOPY . .\nFROM scratch\nCOPY --from=builder /app /app\n")
        .With("src/cart/src/cart.csproj", "src/cart/src/Program.cs", "src/cart/tests/Tests.cs")
        .With("src/checkout/Dockerfile", "FROM golang:1.25 AS build\nCOPY go.mod go.sum ./\nCOPY . .\nFROM scratch\nCOPY --from=build /checkout /checkout\n")
        .With("src/checkout/go.mod", "src/checkout/go.sum", "src/checkout/main.go")
        .With("src/frontend/Dockerfile", "FROM golang:1.25 AS build\nCOPY go.mod go.sum ./\nCOPY . .\nFROM scratch\nCOPY ./templates ./templates\nCOPY --from=build /frontend /frontend\n")
        .With("src/frontend/go.mod", "src/frontend/go.sum", "src/frontend/main.go", "src/frontend/templates/a.html")
        .With("src/mail/Dockerfile", "FROM python:3.14\nCOPY requirements.txt .\nRUN --mount=type=bind,source=requirements.txt,target=/r pip install -r /r\nCOPY . .\n")
        .With("src/mail/requirements.txt", "src/mail/server.py", "README.md", "docs/img/a.png");

    // As in a Go or .NET monorepo: every Dockerfile copies from the root.
    private static Layout OneRootContext => new Layout("platform")
        .With("build/images/api/Dockerfile", "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\nCOPY cmd/api cmd/api\nCOPY internal internal\nFROM scratch\nCOPY --from=build /api /api\n")
        .With("build/images/worker/Dockerfile", "FROM golang:1.25 AS build\nCOPY go.mod go.sum ./\nCOPY cmd/worker cmd/worker\nCOPY internal internal\nFROM scratch\nCOPY --from=build /worker /worker\n")
        .With("build/images/migrate/Dockerfile", "FROM alpine\nCOPY migrations /migrations\nCOPY build/images/migrate/run.sh /\n")
        .With("go.mod", "go.sum", "cmd/api/main.go", "cmd/worker/main.go", "internal/x.go", "migrations/1.sql", "build/images/migrate/run.sh", ".dockerignore");

    private static Layout Bake => new Layout("studio")
        .With(
            "docker-bake.hcl",
            """
            variable "REGISTRY" { default = "ghcr.io/studio" }
            variable "TAG" { default = "dev" }
            variable "NODE" { default = "22" }

            group "default" { targets = ["web", "jobs"] }

            target "_common" {
              args = { NODE_VERSION = NODE }
              platforms = ["linux/amd64", "linux/arm64"]
            }

            # never pushed: only the others stand on it
            target "base" {
              inherits = ["_common"]
              context  = "docker/base"
            }

            target "web" {
              inherits   = ["_common"]
              dockerfile = "docker/web.Dockerfile"
              target     = "runtime"
              contexts   = { base = "target:base", shared = "./libs/shared" }
              tags       = ["${REGISTRY}/web:${TAG}", "${REGISTRY}/web:latest"]
            }

            target "jobs" {
              inherits   = ["web"]
              target     = "jobs"
              args       = { QUEUE = "default", STAMP = timestamp() }
              tags       = [format("%s/jobs:%s", REGISTRY, TAG)]
            }

            target "lint" {
              dockerfile = "docker/web.Dockerfile"
              target     = "lint"
              output     = ["type=cacheonly"]
            }
            """)
        .With("docker/base/Dockerfile", "ARG NODE_VERSION\nFROM node:${NODE_VERSION}\nCOPY init.sh /\n")
        .With("docker/web.Dockerfile", "FROM base AS lint\nCOPY app app\nFROM base AS runtime\nCOPY app app\nCOPY --from=shared . .\nFROM runtime AS jobs\nCOPY jobs jobs\n")
        .With("docker/base/init.sh", "app/a.js", "jobs/b.js", "libs/shared/c.js");

    private static Layout SeveralInOneFolder => new Layout("ledger")
        .With("Dockerfile", "FROM ruby:3.4\nCOPY Gemfile .\nCOPY . .\n")
        .With("docker/Dockerfile.api", "FROM ruby:3.4\nCOPY Gemfile .\nCOPY app app\n")
        .With("docker/Dockerfile.worker", "FROM ruby:3.4\nCOPY Gemfile .\nCOPY jobs jobs\n")
        .With("docker/Dockerfile.cron", "FROM ruby:3.4\nCOPY Gemfile .\nCOPY docker/crontab /etc/\n")
        .With("docker/Dockerfile.api.dockerignore", "tmp\n")
        .With("Gemfile", "app/a.rb", "jobs/b.rb", "docker/crontab");

    private static Layout ArgumentBases => new Layout("airline", "airline")
        .With("base/Dockerfile", "ARG DEBIAN=bookworm\nFROM debian:${DEBIAN}-slim\nCOPY scripts /scripts\n")
        .With("python/Dockerfile", "ARG REGISTRY=quay.io/airline\nARG BASE=${REGISTRY}/base\nFROM ${BASE}:latest\nCOPY requirements.txt .\n")
        .With("scheduler/Dockerfile", "ARG REGISTRY=quay.io/airline\nARG VERSION=latest\nFROM ${REGISTRY}/python:${VERSION}\nCOPY . .\n")
        .With("webserver/Dockerfile", "ARG BASE_IMAGE\nFROM $BASE_IMAGE\nCOPY . .\n")
        .With("base/scripts/a.sh", "python/requirements.txt", "scheduler/a.py", "webserver/b.py");

    [Fact]
    public void One_context_per_service() => Is(
        OneContextPerService,
        "layout-context-per-service",
        "boutique/cart = src/cart/src/Dockerfile in src/cart/src",
        "boutique/checkout = src/checkout/Dockerfile in src/checkout",
        "boutique/frontend = src/frontend/Dockerfile in src/frontend",
        "boutique/mail = src/mail/Dockerfile in src/mail");

    [Fact]
    public void One_root_context() => Is(
        OneRootContext,
        "layout-root-context",
        "platform/api = build/images/api/Dockerfile in .",
        "platform/migrate = build/images/migrate/Dockerfile in .",
        "platform/worker = build/images/worker/Dockerfile in .");

    [Fact]
    public void A_bake_file_with_chained_contexts() => Is(
        Bake,
        "layout-bake",
        "ghcr.io/studio/base = docker/base/Dockerfile in docker/base on linux/amd64 on linux/arm64 NODE_VERSION=22",
        "ghcr.io/studio/jobs = docker/web.Dockerfile in . target jobs on linux/amd64 on linux/arm64 NODE_VERSION=22 QUEUE=default base->ghcr.io/studio/base shared->libs/shared",
        "ghcr.io/studio/web = docker/web.Dockerfile in . target runtime on linux/amd64 on linux/arm64 NODE_VERSION=22 base->ghcr.io/studio/base shared->libs/shared");

    [Fact]
    public void Says_which_argument_of_a_target_only_the_build_knows() => Assert.Equal(
        ["docker-bake.hcl:26:1: 'args.STAMP' of target 'jobs' is not known before the build; it is left out"], Bake.Find().Problems);

    [Fact]
    public void Several_dockerfiles_in_one_folder() => Is(
        SeveralInOneFolder,
        "layout-one-folder",
        "ledger/api = docker/Dockerfile.api in .",
        "ledger/cron = docker/Dockerfile.cron in .",
        "ledger/ledger = Dockerfile in .",
        "ledger/worker = docker/Dockerfile.worker in .");

    [Fact]
    public void Bases_behind_arguments() => Is(
        ArgumentBases,
        "layout-argument-bases",
        "quay.io/airline/base = base/Dockerfile in base",
        "quay.io/airline/python = python/Dockerfile in python",
        "quay.io/airline/scheduler = scheduler/Dockerfile in scheduler",
        "quay.io/airline/webserver = webserver/Dockerfile in webserver BASE_IMAGE=quay.io/airline/base");

    private static void Is(Layout layout, string golden, params string[] lines)
    {
        Assert.Equal(lines, layout.Lines());
        Golden.CheckExactly($"tests/Graft.Core.Tests/Products/Discovery/Goldens/{golden}.golden", layout.Write());
    }
}
