namespace Graft.Core.Tests.Products.Discovery;

public sealed class ComposeDiscoveryTests
{
    [Fact]
    public void Names_a_service_after_what_a_further_file_pulls_for_it()
    {
        var layout = new Layout("shop")
            .With("compose.yaml", "services:\n  vote: { build: vote }\n  result: { image: acme/told, build: result }\n  worker: { build: worker }\n").With("compose.images.yaml", "services:\n  vote: { image: 'ghcr.io/acme/vote:${TAG}' }\n  result: { image: acme/other }\n  db: { image: postgres }\n")
            .With("other/compose.images.yaml", "services:\n  worker: { image: acme/far }\n").With("vote/Dockerfile", "FROM x\n").With("result/Dockerfile", "FROM x\n").With("worker/Dockerfile", "FROM x\n");
        Assert.Equal(["acme/told", "acme/worker", "ghcr.io/acme/vote"], layout.Sources().Select(source => source.Image.Text).Order(StringComparer.Ordinal));
        Assert.Equal(["compose.yaml:2: 'vote' is taken to build 'ghcr.io/acme/vote', which 'compose.images.yaml' pulls for it"], layout.Find().Guesses);
    }

    [Theory]
    [InlineData("dev", "FROM x AS base\nFROM base AS dev\nFROM base AS final\n", null)]
    [InlineData("Development", "FROM x AS development\nFROM x\n", null)]
    [InlineData("dev", "FROM x AS lean\nFROM lean AS dev\n", "dev")]
    [InlineData("prod", "FROM x AS prod\nFROM prod AS dev\n", "prod")]
    public void Takes_a_developers_stage_for_no_image_where_there_is_another(string target, string dockerfile, string? taken)
    {
        var layout = new Layout("shop").With("compose.yaml", $"services:\n  vote: {{ image: acme/vote, build: {{ context: vote, target: {target} }} }}\n").With("vote/Dockerfile", dockerfile);
        Assert.Equal(taken, Assert.Single(layout.Sources()).Target);
        Assert.Equal(taken is null, layout.Find().Guesses.Any(guess => guess.Contains("is taken to be for developers", StringComparison.Ordinal)));
    }

    [Fact]
    public void Keeps_a_developers_stage_beside_others_of_its_dockerfile()
    {
        var layout = new Layout("shop").With("compose.yaml", "services:\n  dev: { build: { context: ., target: dev } }\n  web: { build: { context: ., target: prod } }\n").With("Dockerfile", "FROM x AS dev\nFROM x AS prod\nFROM x\n");
        Assert.Equal(["dev", "prod"], layout.Sources().Select(source => source.Target));
    }

    [Fact]
    public void Takes_from_further_compose_files_what_the_main_one_does_not_build()
    {
        var layout = new Layout("shop")
            .With("docker-compose.yml", "services:\n  web: { image: acme/web, build: web }\n")
            .With("docker-compose.prod.yml", "services:\n  web: { image: acme/other, build: { context: web, target: slim } }\n  proxy: { image: acme/edge, build: { context: ., dockerfile: proxy/Dockerfile } }\n")
            .With("docker-compose.dev.yml", "services:\n  api: { image: acme/dev, build: { context: api, target: dev } }\n").With("compose_broken.yaml", "services: [\n").With("docker-compose.again.yaml", "services:\n  web: { build: 'https://example.com' }\n")
            .With("web/Dockerfile", "FROM x AS slim\nFROM x\n").With("proxy/Dockerfile", "FROM x\nCOPY web /\n").With("api/Dockerfile", "FROM x AS dev\nFROM x\n");
        Assert.Equal(["acme/api = api/Dockerfile in api", "acme/edge = proxy/Dockerfile in .", "acme/web = web/Dockerfile in web"], layout.Lines());
        Assert.Empty(layout.Find().Problems);
    }

    [Fact]
    public void Reads_compose_files()
    {
        var layout = new Layout("shop")
            .With("deploy/docker-compose.yaml", "services:\n  web: { image: 'ghcr.io/acme/web:${TAG}', build: { context: .., dockerfile: web/Dockerfile, args: { A: '1' } } }\n  worker: { build: ../worker }\n  again: { build: ../worker }\n  db: { image: postgres }\n  gone: { build: ../nothing }\n  far: { build: 'https://example.com/x.git' }\n")
            .With("web/Dockerfile", "FROM x\nCOPY web/a /\n").With("worker/Dockerfile", "FROM x\nCOPY b /\n").WithFiles("web/a", "worker/b");
        Assert.Equal(["ghcr.io/acme/web = web/Dockerfile in . A=1", "ghcr.io/acme/worker = worker/Dockerfile in worker"], layout.Lines());
        Assert.Equal(
            ["deploy/docker-compose.yaml:6:3: 'gone' has no Dockerfile in the commit ('Dockerfile' seen from '../nothing'); it is left out", "deploy/docker-compose.yaml:7:3: the context of 'far' is 'https://example.com/x.git', which is not in this repository; it is left out"],
            layout.Find().Problems);
    }

    [Fact]
    public void Gives_a_compose_files_variables_their_values()
    {
        var layout = new Layout("shop")
            .With("compose.yaml", "services:\n  web: { image: '${HUB}/web:${TAG}', build: { context: ., dockerfile: $WEB, args: { V: '${V}', W: '${W}' } } }\n").With(".env", "HUB=ghcr.io/acme\nWEB=src/web/Dockerfile\nV=1.2\n")
            .With("other/compose.yaml", "services:\n  api: { build: '${API}' }\n").With("src/web/Dockerfile", "FROM x\n").With("src/api/Dockerfile", "FROM x\n");
        Assert.Equal(["ghcr.io/acme/api = src/api/Dockerfile in src/api", "ghcr.io/acme/web = src/web/Dockerfile in . V=1.2"], layout.Lines());
        Assert.Equal("compose.yaml: its variables have the values that '.env' gives them", layout.Find().Guesses[0]);
        Assert.Equal(
            ["compose.yaml:2:3: 'args.W' of service 'web' is not known before the build; it is left out", "other/compose.yaml:2:3: where 'api' is built is known to the build only; it is left out"],
            layout.Find().Problems);
    }
}
