namespace Graft.Testing.Layouts;

/// <summary>
/// A bake file with chained contexts, as in aiidalab/aiidalab-docker-stack: targets whose Dockerfiles are FROM each other by the name of a context, tags
/// from a function, moulds that carry nothing but tags, variables that only the build gives a value, and platforms from a list.
/// </summary>
public static class ChainedContexts
{
    private const string Variables =
        """
        variable "VERSION" {
        }
        variable "PYTHON_VERSION" {
        }
        variable "AIIDALAB_VERSION" {
        }
        variable "JUPYTER_BASE_IMAGE" {
          default = "jupyter/minimal-notebook:python-${PYTHON_VERSION}"
        }
        variable "ORGANIZATION" {
          default = "aiidalab"
        }
        variable "REGISTRY" {
          default = "docker.io/"
        }
        variable "PLATFORMS" {
          default = ["linux/amd64"]
        }
        variable "TARGETS" {
          default = ["base", "base-with-services", "lab", "full-stack", "qe"]
        }

        function "tags" {
          params = [image]
          result = [
            "${REGISTRY}${ORGANIZATION}/${image}:${VERSION}",
            "${REGISTRY}${ORGANIZATION}/${image}:python-${PYTHON_VERSION}",
          ]
        }

        group "default" {
          targets = "${TARGETS}"
        }

        """;

    /// <summary>The layout, made anew.</summary>
    public static PublicLayout Create() => new PublicLayout("aiidalab", "aiidalab-docker-stack")
        .With(
            "docker-bake.hcl",
            Variables
            + Target("base", "", "args = { \"BASE\" = \"${JUPYTER_BASE_IMAGE}\", \"CONDA\" = \"24.1\" }")
            + Target("base-with-services", "base = \"target:base\"", "args = { \"PGSQL\" = \"15\" }")
            + Target("lab", "base = \"target:base\"", "args = { \"AIIDALAB_VERSION\" = \"${AIIDALAB_VERSION}\" }")
            + Target("full-stack", "base-with-services = \"target:base-with-services\"\n    lab        = \"target:lab\"", "")
            + Target("qe", "full-stack = \"target:full-stack\"", "args = { \"QE_VERSION\" = \"7.4\" }"))
        .With("stack/base/Dockerfile", "# syntax=docker/dockerfile:1\nARG BASE\nFROM ${BASE}\nARG CONDA\nRUN mamba install conda=${CONDA}\nCOPY pip.conf \"${CONDA_DIR}/pip.conf\"\nCOPY before-notebook.d/* /usr/local/bin/before-notebook.d/\n")
        .WithFiles("stack/base/pip.conf", "stack/base/before-notebook.d/40_prepare-aiida.sh")
        .With("stack/base-with-services/Dockerfile", "# syntax=docker/dockerfile:1\nFROM base\nARG PGSQL\nARG TARGETARCH\nCOPY before-notebook.d/20_start-postgresql.sh /usr/local/bin/before-notebook.d/\nCOPY before-notebook.d/30_start-rabbitmq-${TARGETARCH}.sh /usr/local/bin/before-notebook.d/\n")
        .WithFiles("stack/base-with-services/before-notebook.d/20_start-postgresql.sh", "stack/base-with-services/before-notebook.d/30_start-rabbitmq-amd64.sh", "stack/base-with-services/before-notebook.d/30_start-rabbitmq-arm64.sh")
        .With("stack/lab/Dockerfile", "# syntax=docker/dockerfile:1\nFROM base\nARG AIIDALAB_VERSION\nCOPY --chown=${NB_UID}:${NB_GID} gears.svg ${CONDA_DIR}/share/gears.svg\nCOPY before-notebook.d/* /usr/local/bin/before-notebook.d/\n")
        .WithFiles("stack/lab/gears.svg", "stack/lab/before-notebook.d/60_prepare-aiidalab.sh", "stack/lab/countdown/custom.js")
        .With("stack/full-stack/Dockerfile", "# syntax=docker/dockerfile:1\nFROM base-with-services AS base\n\nFROM lab\nCOPY --from=base /opt/config-quick-setup.yaml /opt/\n")
        .With("stack/qe/Dockerfile", "# syntax=docker/dockerfile:1\nFROM full-stack\nARG QE_VERSION\nCOPY before-notebook.d/70_prepare-qeapp.sh /usr/local/bin/before-notebook.d/\n")
        .WithFiles("stack/qe/before-notebook.d/70_prepare-qeapp.sh")
        .With("stack/docker-compose.full-stack.yml", "services:\n  aiidalab:\n    image: ${REGISTRY:-}${FULL_STACK_IMAGE:-aiidalab/full-stack}${TAG:-}\n")
        .WithFiles("build.json", "tests/test_base.py", "aarch64-runner/setup.sh");

    private static string Target(string name, string contexts, string args) =>
        $$"""
        target "{{name}}-meta" {
          tags = tags("{{name}}")
        }
        target "{{name}}" {
          inherits = ["{{name}}-meta"]
          context = "stack/{{name}}"
          contexts = {
            {{contexts}}
          }
          platforms = "${PLATFORMS}"
          {{args}}
        }

        """;
}
