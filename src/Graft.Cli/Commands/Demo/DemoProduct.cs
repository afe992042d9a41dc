namespace Graft.Cli.Commands.Demo;

/// <summary>The made-up product: its files on the day of the release, and what happened on main since then.</summary>
internal static class DemoProduct
{
    public const string Release = "3.2.202511230446";
    public const string FixedImage = "acme/api";
    public const string FixBranch = "hotfix/session-timeout";

    /// <summary>When the release was cut.</summary>
    public static readonly DateTimeOffset ReleasedAt = new(2025, 11, 23, 4, 46, 0, TimeSpan.Zero);

    /// <summary>The product's files, by path.</summary>
    public static readonly IReadOnlyDictionary<string, string> Files = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["graft.yaml"] = """
            product: acme
            images:
              - dockerfiles: src/*/Dockerfile
                name: acme/{name}

            """,
        [".version.yml"] = "version: \"3.2\"\n",
        [".gitignore"] = "/releases/\n",
        ["src/base/Dockerfile"] = """
            FROM scratch
            COPY etc/ /etc/
            ENV APP_HOME=/app
            WORKDIR /app

            """,
        ["src/base/etc/passwd"] = "root:x:0:0:root:/root:/sbin/nologin\napp:x:1000:1000:app:/app:/sbin/nologin\n",
        ["src/base/etc/acme.conf"] = "log = info\n",
        ["src/api/Dockerfile"] = """
            FROM acme/base
            COPY --chown=1000:1000 app/ /app/
            EXPOSE 8080
            USER app
            ENTRYPOINT ["/app/serve"]

            """,
        ["src/api/app/serve"] = "#!/app/runtime\nserve(port = 8080, session = \"session.conf\")\n",
        ["src/api/app/session.conf"] = "timeout = 0\nrefresh = on\n",
        ["src/worker/Dockerfile"] = """
            FROM acme/base
            COPY --chown=1000:1000 app/ /app/
            USER app
            ENTRYPOINT ["/app/work"]

            """,
        ["src/worker/app/work"] = "#!/app/runtime\nwork(queue = \"orders\")\n",
        ["src/web/Dockerfile"] = """
            FROM scratch
            COPY public/ /srv/
            EXPOSE 80

            """,
        ["src/web/public/index.html"] = "<!doctype html><title>Acme</title><p>Welcome.</p>\n",
    };

    /// <summary>What happened on main after the release; the second commit is the fix.</summary>
    public static readonly IReadOnlyList<(string Message, string Path, string Content)> Later =
    [
        ("feat: greet by name", "src/web/public/index.html", "<!doctype html><title>Acme</title><p>Welcome, <b id=who>you</b>.</p>\n"),
        ("fix: sessions time out after an hour, not at once", "src/api/app/session.conf", "timeout = 3600\nrefresh = on\n"),
        ("feat: work on refunds too", "src/worker/app/work", "#!/app/runtime\nwork(queue = \"orders, refunds\")\n"),
    ];

    /// <summary>Which of <see cref="Later"/> is the fix.</summary>
    public const int Fix = 1;

    /// <summary>The live release's manifest: four images of the product, and what others make.</summary>
    public static string Manifest(string commit, string imageTag) => $"""
        name: {Release}
        commit: {commit}
        released_at: 2025-11-23T04:46:00+00:00
        channels: [edge, stable]
        images:
          acme/api: {imageTag}
          acme/base: {imageTag}
          acme/web: {imageTag}
          acme/worker: {imageTag}
        core_images:            # what the product stands on
          - bitnami/postgresql:15.3.0-debian-11-r17
          - bitnami/redis:7.2.4-debian-12-r9
          - bitnami/nginx:1.25.4
          - quay.io/prometheus/prometheus:v2.51.0
          - quay.io/prometheus/alertmanager:v0.27.0
          - quay.io/jetstack/cert-manager-controller:v1.14.4
          - registry.k8s.io/git-sync/git-sync:v4.1.0
          - registry.k8s.io/ingress-nginx/controller:v1.10.0
          - docker.io/grafana/grafana:10.4.1
        ci_images:
          acme-tools/lint: 2.10
          acme-tools/deploy: 1.4
        extra_images:
          - docker.io/library/busybox:1.36
        airflow_chart: {"{"} repo: "https://airflow.apache.org", chart: airflow/airflow, version: 1.15.0 {"}"}
        notes: |
          Refunds are on their way.

        """;
}
