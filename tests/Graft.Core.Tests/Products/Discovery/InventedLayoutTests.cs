using Graft.Testing;

namespace Graft.Core.Tests.Products.Discovery;

/// <summary>Layouts made up to hold what the public ones do not have.</summary>
public sealed class InventedLayoutTests
{
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
        .WithFiles("docker/base/init.sh", "app/a.js", "jobs/b.js", "libs/shared/c.js");

    private static Layout SeveralInOneFolder => new Layout("ledger")
        .With("Dockerfile", "FROM ruby:3.4\nCOPY Gemfile .\nCOPY . .\n")
        .With("docker/Dockerfile.api", "FROM ruby:3.4\nCOPY Gemfile .\nCOPY app app\n")
        .With("docker/Dockerfile.worker", "FROM ruby:3.4\nCOPY Gemfile .\nCOPY jobs jobs\n")
        .With("docker/Dockerfile.cron", "FROM ruby:3.4\nCOPY Gemfile .\nCOPY docker/crontab /etc/\n")
        .With("docker/Dockerfile.api.dockerignore", "tmp\n")
        .WithFiles("Gemfile", "app/a.rb", "jobs/b.rb", "docker/crontab");

    private static Layout ArgumentBases => new Layout("airline", "airline")
        .With("base/Dockerfile", "ARG DEBIAN=bookworm\nFROM debian:${DEBIAN}-slim\nCOPY scripts /scripts\n")
        .With("python/Dockerfile", "ARG REGISTRY=quay.io/airline\nARG BASE=${REGISTRY}/base\nFROM ${BASE}:latest\nCOPY requirements.txt .\n")
        .With("scheduler/Dockerfile", "ARG REGISTRY=quay.io/airline\nARG VERSION=latest\nFROM ${REGISTRY}/python:${VERSION}\nCOPY . .\n")
        .With("webserver/Dockerfile", "ARG BASE_IMAGE\nFROM $BASE_IMAGE\nCOPY . .\n")
        .WithFiles("base/scripts/a.sh", "python/requirements.txt", "scheduler/a.py", "webserver/b.py");

    [Fact]
    public void A_bake_file_with_chained_contexts() => Is(
        Bake,
        "invented-bake",
        "ghcr.io/studio/base = docker/base/Dockerfile in docker/base on linux/amd64 on linux/arm64 NODE_VERSION=22",
        "ghcr.io/studio/jobs = docker/web.Dockerfile in . target jobs on linux/amd64 on linux/arm64 NODE_VERSION=22 QUEUE=default base->ghcr.io/studio/base shared->libs/shared",
        "ghcr.io/studio/web = docker/web.Dockerfile in . target runtime on linux/amd64 on linux/arm64 NODE_VERSION=22 base->ghcr.io/studio/base shared->libs/shared");

    [Fact]
    public void Says_which_argument_of_a_target_only_the_build_knows() => Assert.Equal(
        ["docker-bake.hcl:26:1: 'args.STAMP' of target 'jobs' is not known before the build; it is left out"], Bake.Find().Problems);

    [Fact]
    public void Says_that_a_target_for_others_is_an_image_here() => Assert.Equal(
        ["docker-bake.hcl:13: 'base' is built for others only; here it is the image 'ghcr.io/studio/base', which a release has to list"], Bake.Find().Guesses);

    [Fact]
    public void Several_dockerfiles_in_one_folder() => Is(
        SeveralInOneFolder,
        "invented-one-folder",
        "ledger/api = docker/Dockerfile.api in .",
        "ledger/cron = docker/Dockerfile.cron in .",
        "ledger/ledger = Dockerfile in .",
        "ledger/worker = docker/Dockerfile.worker in .");

    [Fact]
    public void Bases_behind_arguments() => Is(
        ArgumentBases,
        "invented-argument-bases",
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
