namespace Graft.Testing.Layouts;

/// <summary>
/// <c>FROM ${ARG}</c> bases, as in jupyter/docker-stacks: a tree of images, each FROM another by an argument that is put together from two others; a
/// variant in a folder below its sibling, and Dockerfiles in documentation and examples that stand on the images without being of the product.
/// </summary>
public static class ArgumentBases
{
    /// <summary>The layout, made anew.</summary>
    public static PublicLayout Create() => new PublicLayout("jupyter", "docker-stacks")
        .With(
            "images/docker-stacks-foundation/Dockerfile",
            """
            ARG ROOT_IMAGE=ubuntu:24.04
            FROM $ROOT_IMAGE
            ARG NB_USER="jovyan"
            ARG NB_UID="1000"
            ARG NB_GID="100"
            ENV CONDA_DIR=/opt/conda NB_USER="${NB_USER}" NB_UID=${NB_UID} NB_GID=${NB_GID}
            COPY fix-permissions /usr/local/bin/fix-permissions
            COPY --chown="${NB_UID}:${NB_GID}" initial-condarc "${CONDA_DIR}/.condarc"
            COPY run-hooks.sh start.sh /usr/local/bin/
            """)
        .WithFiles("images/docker-stacks-foundation/fix-permissions", "images/docker-stacks-foundation/initial-condarc", "images/docker-stacks-foundation/run-hooks.sh", "images/docker-stacks-foundation/start.sh")
        .WithFiles("images/docker-stacks-foundation/README.md")
        .With("images/base-notebook/Dockerfile", On("docker-stacks-foundation", "COPY start-notebook.py start-singleuser.py /usr/local/bin/\nCOPY jupyter_server_config.py /etc/jupyter/\n"))
        .WithFiles("images/base-notebook/start-notebook.py", "images/base-notebook/start-singleuser.py", "images/base-notebook/jupyter_server_config.py", "images/base-notebook/README.md")
        .With("images/minimal-notebook/Dockerfile", On("base-notebook", "COPY setup-scripts/ /opt/setup-scripts/\nCOPY Rprofile.site /opt/conda/lib/R/etc/\n"))
        .WithFiles("images/minimal-notebook/setup-scripts/setup_julia.py", "images/minimal-notebook/Rprofile.site")
        .With("images/r-notebook/Dockerfile", On("minimal-notebook", "RUN mamba install --yes 'r-base'\n"))
        .With("images/scipy-notebook/Dockerfile", On("minimal-notebook", "RUN mamba install --yes 'scipy'\n"))
        .With("images/pytorch-notebook/Dockerfile", On("scipy-notebook", "RUN pip install 'torch'\n"))
        .With("images/pytorch-notebook/cuda12/Dockerfile", On("scipy-notebook", "RUN pip install --extra-index-url=https://pypi.nvidia.com 'torch'\n"))
        .With("images/pyspark-notebook/Dockerfile", On("scipy-notebook", "COPY setup_spark.py /opt/setup-scripts/\nCOPY ipython_kernel_config.py \"/etc/ipython/\"\n"))
        .WithFiles("images/pyspark-notebook/setup_spark.py", "images/pyspark-notebook/ipython_kernel_config.py")
        .With("images/all-spark-notebook/Dockerfile", On("pyspark-notebook", "RUN mamba install --yes 'r-sparklyr'\n"))
        .With("docs/using/recipe_code/custom_environment.dockerfile", "FROM quay.io/jupyter/minimal-notebook\nCOPY --chown=${NB_UID}:${NB_GID} environment.yml /tmp/\n")
        .With("examples/docker-compose/notebook/Dockerfile", "FROM quay.io/jupyter/minimal-notebook\nRUN pip install jupyterlab\n")
        .With("examples/docker-compose/notebook/docker-compose.yml", "services:\n  notebook:\n    build: .\n    image: my-notebook\n")
        .With(".devcontainer/Dockerfile", "FROM mcr.microsoft.com/devcontainers/base:bookworm\n")
        .WithFiles("Makefile", "tests/docker-stacks-foundation/test_user.py", "tagging/apps/tag_image.py");

    private static string On(string image, string rest) => $"ARG REGISTRY=quay.io\nARG OWNER=jupyter\nARG BASE_IMAGE=$REGISTRY/$OWNER/{image}\nFROM $BASE_IMAGE\n{rest}";
}
