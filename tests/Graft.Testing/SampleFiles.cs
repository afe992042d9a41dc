using Graft.Core.Releases;

namespace Graft.Testing;

/// <summary>The files of <see cref="SampleProduct"/>.</summary>
public static class SampleFiles
{
    /// <summary>The usual graft.yaml.</summary>
    public const string Configuration = """
        schema: 1
        product: acme
        images:
          - dockerfiles: src/*/Dockerfile
            name: acme/{name}

        """;

    /// <summary>A graft.yaml that prepares the checkout of <c>acme/api</c> with a script of the product.</summary>
    public const string PreparingConfiguration = """
        schema: 1
        product: acme
        images:
          - dockerfiles: src/*/Dockerfile
            except: [src/api/Dockerfile]
            name: acme/{name}
          - dockerfiles: src/api/Dockerfile
            name: acme/api
            prepare: [src/api/prepare.sh, "{context}"]

        """;

    /// <summary>The variable that names a pipe: the preparing script says <c>holding</c> and waits until somebody writes to it.</summary>
    public const string HoldVariable = "SAMPLE_HOLD";

    /// <summary>The product's files on the day of the release, by path.</summary>
    public static IReadOnlyDictionary<string, string> AtRelease { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".version.yml"] = "version: \"3.2\"\n",
        [".gitignore"] = "/releases/\n",
        ["src/base/Dockerfile"] = "FROM scratch\nCOPY etc/ /etc/\nENV APP_HOME=/app\n",
        ["src/base/etc/acme.conf"] = "log = info\n",
        ["src/api/Dockerfile"] = "FROM acme/base\nCOPY --chown=1000:1000 app/ /app/\nEXPOSE 8080\nENTRYPOINT [\"/app/serve\"]\n",
        ["src/api/app/serve"] = "#!/app/runtime\nserve(port = 8080)\n",
        ["src/api/app/session.conf"] = "timeout = 0\n",
        ["src/api/prepare.sh"] = "#!/bin/sh\nif [ -n \"$SAMPLE_HOLD\" ]; then echo holding; cat \"$SAMPLE_HOLD\"; fi\necho prepared > \"$1/app/prepared\"\n",
        ["src/worker/Dockerfile"] = "FROM acme/base\nCOPY app/ /app/\n",
        ["src/worker/app/work"] = "work(queue = \"orders\")\n",
        ["src/web/Dockerfile"] = "FROM scratch\nCOPY public/ /srv/\n",
        ["src/web/public/index.html"] = "<p>Welcome.</p>\n",
    };

    /// <summary>A manifest: four images of the product, what others make, and one image in two versions.</summary>
    public static string Manifest(string release, CommitId commit) => $$"""
        name: {{release}}
        commit: {{commit}}
        released_at: {{Time(release)}}
        channels: [edge, stable]
        images:
          acme/api: {{release}}-{{commit.Short}}
          acme/base: {{release}}-{{commit.Short}}
          acme/web: {{release}}-{{commit.Short}}
          acme/worker: {{release}}-{{commit.Short}}
        core_images:            # what the product stands on
          - bitnami/postgresql:15.3.0-debian-11-r17
          - bitnami/redis:7.2.4
          - registry.k8s.io/git-sync/git-sync:v4.1.0
        ci_images:
          acme-tools/lint: 2.10
          bitnami/postgresql: "16.1.0"
        airflow_chart: { repo: "https://airflow.apache.org", chart: airflow/airflow, version: 1.15.0 }
        notes: |
          Refunds are on their way.

        """;

    private static string Time(string release)
    {
        var stamp = release[(release.LastIndexOf('.') + 1)..];
        return $"{stamp[..4]}-{stamp[4..6]}-{stamp[6..8]}T{stamp[8..10]}:{stamp[10..12]}:00+00:00";
    }
}
