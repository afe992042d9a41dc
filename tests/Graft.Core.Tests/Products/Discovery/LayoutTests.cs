using Graft.Testing;
using Graft.Testing.Layouts;

namespace Graft.Core.Tests.Products.Discovery;

/// <summary>Layouts of public repositories, rebuilt in small: what init finds in them, and the file that it writes.</summary>
public sealed class LayoutTests
{
    [Fact]
    public void One_context_per_service() => Is(
        ServiceContexts.Create(),
        "layout-service-contexts",
        "googlecloudplatform/adservice = src/adservice/Dockerfile in src/adservice",
        "googlecloudplatform/cartservice = src/cartservice/src/Dockerfile in src/cartservice/src",
        "googlecloudplatform/cartservice-debug = src/cartservice/src/Dockerfile.debug in src/cartservice/src",
        "googlecloudplatform/currencyservice = src/currencyservice/Dockerfile in src/currencyservice",
        "googlecloudplatform/emailservice = src/emailservice/Dockerfile in src/emailservice",
        "googlecloudplatform/frontend = src/frontend/Dockerfile in src/frontend",
        "googlecloudplatform/loadgenerator = src/loadgenerator/Dockerfile in src/loadgenerator");

    [Fact]
    public void One_root_context() => Is(
        RootContext.Create(),
        "layout-root-context",
        "grafana/clients-cmd-promtail = clients/cmd/promtail/Dockerfile in .",
        "grafana/logcli = cmd/logcli/Dockerfile in .",
        "grafana/logql-analyzer = cmd/logql-analyzer/Dockerfile in .",
        "grafana/loki = cmd/loki/Dockerfile in .",
        "grafana/loki-canary = cmd/loki-canary/Dockerfile in .",
        "grafana/operator = operator/Dockerfile in operator",
        "grafana/production-helm-loki-src-helm-test = production/helm/loki/src/helm-test/Dockerfile in .",
        "grafana/tools-lambda-promtail = tools/lambda-promtail/Dockerfile in .");

    [Fact]
    public void A_bake_file_with_chained_contexts() => Is(
        ChainedContexts.Create(),
        "layout-chained-contexts",
        "aiidalab/base = stack/base/Dockerfile in stack/base on linux/amd64 BASE=jupyter/minimal-notebook:python- CONDA=24.1",
        "aiidalab/base-with-services = stack/base-with-services/Dockerfile in stack/base-with-services on linux/amd64 PGSQL=15 base->aiidalab/base",
        "aiidalab/full-stack = stack/full-stack/Dockerfile in stack/full-stack on linux/amd64 base-with-services->aiidalab/base-with-services lab->aiidalab/lab",
        "aiidalab/lab = stack/lab/Dockerfile in stack/lab on linux/amd64 base->aiidalab/base",
        "aiidalab/qe = stack/qe/Dockerfile in stack/qe on linux/amd64 QE_VERSION=7.4 full-stack->aiidalab/full-stack");

    [Fact]
    public void Several_dockerfiles_in_one_folder() => Is(
        OneFolder.Create(),
        "layout-one-folder",
        "kubeflow/backend = backend/Dockerfile in .",
        "kubeflow/backend-cacheserver = backend/Dockerfile.cacheserver in .",
        "kubeflow/backend-driver = backend/Dockerfile.driver in .",
        "kubeflow/backend-metadata_writer = backend/metadata_writer/Dockerfile in .",
        "kubeflow/backend-scheduledworkflow = backend/Dockerfile.scheduledworkflow in .",
        "kubeflow/backend-visualization = backend/Dockerfile.visualization in .",
        "kubeflow/frontend = frontend/Dockerfile in .");

    [Fact]
    public void Bases_behind_arguments() => Is(
        ArgumentBases.Create(),
        "layout-argument-bases",
        "quay.io/jupyter/all-spark-notebook = images/all-spark-notebook/Dockerfile in images/all-spark-notebook",
        "quay.io/jupyter/base-notebook = images/base-notebook/Dockerfile in images/base-notebook",
        "quay.io/jupyter/docker-stacks-foundation = images/docker-stacks-foundation/Dockerfile in images/docker-stacks-foundation",
        "quay.io/jupyter/minimal-notebook = images/minimal-notebook/Dockerfile in images/minimal-notebook",
        "quay.io/jupyter/pyspark-notebook = images/pyspark-notebook/Dockerfile in images/pyspark-notebook",
        "quay.io/jupyter/pytorch-notebook = images/pytorch-notebook/Dockerfile in images/pytorch-notebook",
        "quay.io/jupyter/pytorch-notebook-cuda12 = images/pytorch-notebook/cuda12/Dockerfile in images/pytorch-notebook/cuda12",
        "quay.io/jupyter/r-notebook = images/r-notebook/Dockerfile in images/r-notebook",
        "quay.io/jupyter/scipy-notebook = images/scipy-notebook/Dockerfile in images/scipy-notebook");

    [Fact]
    public void A_compose_file_of_variables() => Is(
        ComposeVariables.Create(),
        "layout-compose-variables",
        "ghcr.io/open-telemetry/accounting = src/accounting/Dockerfile in .",
        "ghcr.io/open-telemetry/ad = src/ad/Dockerfile in . OTEL_JAVA_AGENT_VERSION=2.30.0",
        "ghcr.io/open-telemetry/cart = src/cart/src/Dockerfile in .",
        "ghcr.io/open-telemetry/checkout = src/checkout/Dockerfile in .",
        "ghcr.io/open-telemetry/fraud-detection = src/fraud-detection/Dockerfile in . OTEL_JAVA_AGENT_VERSION=2.30.0",
        "ghcr.io/open-telemetry/frontend = src/frontend/Dockerfile in .");

    private static void Is(PublicLayout layout, string golden, params string[] lines)
    {
        var read = Layout.Of(layout);
        Assert.Equal(lines.Order(StringComparer.Ordinal), read.Lines());
        Golden.CheckExactly($"tests/Graft.Core.Tests/Products/Discovery/Goldens/{golden}.golden", read.Write());
    }
}
