using Graft.Core.Images;
using Graft.Core.Releases;

namespace Graft.Core.Tests.Products.Discovery;

public sealed class ProductDiscoveryTests
{
    [Theory]
    [InlineData("COPY a.txt /", "own")]
    [InlineData("COPY lib /", "svc")]
    [InlineData("COPY top.txt lib /", "svc")]
    [InlineData("COPY svc/lib/x /", ".")]
    [InlineData("COPY . /\nCOPY top.txt a.txt /", "own")]
    [InlineData("ADD l*b/[xy] /", "svc")]
    [InlineData("ARG D=lib\nCOPY $D /", "svc")]
    [InlineData("ENV D=svc\nCOPY ${D}/lib /", ".")]
    [InlineData("COPY $NOWHERE /\nCOPY --from=other lib /\nADD https://example.com/lib /", "own")]
    [InlineData("RUN --mount=type=bind,source=lib,target=/l ls", "svc")]
    [InlineData("RUN --mount=type=cache,target=/l --mount=type=bind,from=other,source=lib,target=/m ls", "own")]
    [InlineData("COPY lib built /", "svc")]
    [InlineData("COPY built /", "own")]
    [InlineData("COPY <<END /\nlib\nEND", "own")]
    [InlineData("COPY ../lib /", "svc")]
    public void Chooses_the_nearest_context_that_has_what_is_copied(string lines, string context)
    {
        var layout = new Layout("p").With("svc/own/Dockerfile", $"FROM x AS other\nFROM x\n{lines}\n").WithFiles("svc/own/a.txt", "svc/own/main.c", "svc/lib/x", "svc/top.txt", "svc/own/top.txt");
        Assert.Equal(context == "own" ? "svc/own" : context, Assert.Single(layout.Sources()).Context);
    }

    [Theory]
    // A Go module of many programs, each with its Dockerfile beside it: `svc/own` has a copy of everything that a COPY could name.
    [InlineData("COPY . /src\nWORKDIR /src\nRUN go build ./svc/own/...", ".")]
    [InlineData("COPY . /src\nRUN cd /src && go build -o /bin/own ./svc/own", ".")]
    [InlineData("WORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o bin/own .", ".")]
    [InlineData("WORKDIR /src\nCOPY . .\nRUN apk add make && \\\n  make own", ".")]
    [InlineData("WORKDIR /src\nCOPY ./ ./\nRUN make -C svc all", ".")]
    [InlineData("COPY . /src\nWORKDIR /src/svc/own", ".")]
    [InlineData("WORKDIR ./src\nCOPY . .\nWORKDIR ./svc", ".")]
    [InlineData("RUN --mount=type=bind,target=/src cd /src && ./svc/own/build.sh", ".")]
    [InlineData("RUN --mount=target=/src,rw <<END\nset -e\ncd /src\nsh svc/own/build.sh\nEND", ".")]
    [InlineData("COPY . /src\nFROM x\nCOPY --from=build /src/svc/own/bin/own /", ".")]
    [InlineData("COPY . /src\nFROM build AS more\nFROM x\nCOPY --from=1 /src/svc/own/own /", ".")]
    [InlineData("COPY . /src\nCOPY svc/own/gone.conf /", ".")]
    [InlineData("WORKDIR /src\nCOPY . .\nRUN make clean && go build ./svc/own\nFROM x\nCOPY --from=build /src/own /", ".")]
    [InlineData("COPY . /src\nWORKDIR /src\nRUN ./build.sh && cargo build", "svc/own")]
    // Both have it, or nobody does, or each has something: the nearest.
    [InlineData("COPY . /src\nWORKDIR /src\nRUN cat a.txt ./a.txt", "svc/own")]
    [InlineData("COPY . /src\nRUN mkdir -p /src/docs && rm -rf /usr/lib/x ${X}/y", "svc/own")]
    [InlineData("COPY . /src\nWORKDIR /src\nRUN ./build.sh && go build .", "svc/own")]
    [InlineData("COPY . /src\nWORKDIR /src\nRUN git clone https://example.com/x && cd x && make", "svc/own")]
    [InlineData("COPY . .\nRUN ls /docs/x", "svc/own")]
    [InlineData("COPY . $WHERE\nWORKDIR $WHERE\nRUN make", "svc/own")]
    [InlineData("RUN make", "svc/own")]
    public void Chooses_the_context_in_which_what_is_used_is_there(string lines, string context)
    {
        var layout = new Layout("p").With("svc/own/Dockerfile", $"FROM x AS build\n{lines}\n").With("go.mod", "").With("Makefile", "").With("a.txt", "").With("docs/x", "")
            .With("svc/own/build.sh", "").With("svc/own/a.txt", "").With("svc/own/main.go", "").With("svc/own/Cargo.toml", "").With("svc/other/main.go", "");
        Assert.Equal(context, Assert.Single(layout.Sources()).Context);
    }

    [Fact]
    public void Looks_further_up_where_a_folder_has_nothing_but_dockerfiles()
    {
        var layout = new Layout("p").With("app/docker/Dockerfile", "FROM x\nCOPY . .\n").WithFiles("app/docker/Dockerfile.dockerignore", "app/docker/entry.sh", "app/main.py", "README.md");
        Assert.Equal("app", Assert.Single(layout.Sources()).Context);
    }

    [Fact]
    public void Leaves_out_tests_examples_and_documentation_that_nothing_names()
    {
        var layout = new Layout("shop") { Entries = [Entry("images", "acme/api"), Entry("ci_images", "acme/load")] };
        layout.With("src/api/Dockerfile", "FROM x").With("test/api/Dockerfile", "FROM acme/api").With("e2e/load/Dockerfile", "FROM x").With("docs/Dockerfile", "FROM x").With("docs/recipes/one/Dockerfile", "FROM acme/api")
            .With("tests/runner/Dockerfile", "FROM x").With("examples/docker-compose.yml", "services:\n  mine: { build: .., image: mine }\n  other: { build: ../src/api, image: other }\n").With("docker-bake.hcl", "target \"runner\" { context = \"tests/runner\" }\n");
        Assert.Equal(
            ["acme/api = src/api/Dockerfile in src/api", "acme/docs = docs/Dockerfile in docs", "acme/load = e2e/load/Dockerfile in e2e/load key ci_images", "acme/runner = tests/runner/Dockerfile in tests/runner"],
            layout.Lines());
        Assert.Equal(["docs/recipes/one/Dockerfile", "test/api/Dockerfile"], layout.Find().LeftOut.Select(left => left.Key));
        Assert.Empty(layout.Find().Problems);
    }

    [Fact]
    public void Takes_samples_where_there_is_nothing_else()
    {
        var layout = new Layout("shop").With("samples/api/Dockerfile", "FROM x").With("samples/docker-compose.yml", "services:\n  web: { build: web, image: acme/web }\n").With("samples/web/Dockerfile", "FROM x").With("vendor/x/Dockerfile", "FROM x");
        Assert.Equal(["acme/samples-api = samples/api/Dockerfile in samples/api", "acme/web = samples/web/Dockerfile in samples/web"], layout.Lines());
    }

    [Theory]
    [InlineData("acme", "FROM x", "acme/api")]
    [InlineData("ACME-Corp", "FROM x", "acme-corp/api")]
    [InlineData(null, "FROM x", "shop/api")]
    [InlineData("acme", "FROM ghcr.io/acme/base:latest", "ghcr.io/acme/api")]
    public void Names_what_nothing_names_after_the_account(string? owner, string lines, string image)
    {
        var layout = new Layout("shop", owner).With("src/api/Dockerfile", lines + "\n").With("src/base/Dockerfile", "FROM x\n");
        Assert.Equal(image, layout.Sources()[0].Image.Text);
        Assert.Contains("no file says what the image is called", layout.Find().Guesses[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docker", "run.sh", ".")]
    [InlineData("deploy/api", "nginx.conf", ".")]
    [InlineData("cron", "run.sh", "cron")]
    [InlineData("images/cron", "run.sh", "images/cron")]
    [InlineData("proxy", "nginx.conf", "proxy")]
    [InlineData("api", "README.md", ".")]
    [InlineData("api", ".dockerignore", ".")]
    public void Takes_scripts_for_what_an_image_is_for_unless_the_folder_is_about_building(string folder, string beside, string context)
    {
        var layout = new Layout("p").With($"{folder}/Dockerfile", "FROM x\nCOPY . .\n").WithFiles($"{folder}/{beside}", "main.py");
        Assert.Equal(context, Assert.Single(layout.Sources()).Context);
        Assert.Equal(folder, Assert.Single(layout.With($"{folder}/Dockerfile", $"FROM x\nCOPY . /x\nRUN cat /x/{beside}\n").Sources()).Context);
    }

    [Theory]
    [InlineData("WORKDIR /src/shop\nRUN --mount=target=/src/shop make", ".")]
    [InlineData("WORKDIR /src/shop/relay\nRUN --mount=target=/src/shop make", ".")]
    [InlineData("WORKDIR /src/shop/images\nRUN --mount=target=/src/shop ls", ".")]
    [InlineData("COPY common.sh /\nRUN --mount=target=/src/shop cd /src/shop && make", "images")]
    [InlineData("RUN --mount=target=/src/shop ls", "images/relay")]
    [InlineData("RUN --mount=target=/src /src/only.sh", "images/only")]
    [InlineData("WORKDIR /src\nRUN --mount=target=/src make", ".", "images/bare")]
    public void Takes_no_folder_of_dockerfiles_for_a_context_where_the_root_does_as_well(string lines, string context, string? folder = null)
    {
        var layout = new Layout("shop").With($"{folder ?? (context == "images/only" ? context : "images/relay")}/Dockerfile", $"FROM x\n{lines}\n").WithFiles("images/only/only.sh").WithFiles("images/relay/config.yml", "images/relay/x.go", "images/Makefile", "images/common.sh", "Makefile", "relay/main.go");
        Assert.Equal(context, Assert.Single(layout.Sources()).Context);
    }

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

    [Theory]
    [InlineData("Dockerfile.api", "api")]
    [InlineData("Dockerfile_api", "api")]
    [InlineData("dockerfile-api", "api")]
    [InlineData("api.dockerfile", "api")]
    [InlineData("Containerfile.api", "api")]
    [InlineData("Api.Containerfile", "api")]
    [InlineData("containerfile", "p")]
    [InlineData("Dockerfile.dev", "p-dev")]
    [InlineData("Dockerfile.api.j2", null)]
    [InlineData("Dockerfile.", null)]
    [InlineData("Dockerfiles", null)]
    [InlineData("Dockerfile.md", null)]
    [InlineData("my-Dockerfile.txt", null)]
    public void Knows_a_dockerfile_by_its_name(string file, string? name) =>
        Assert.Equal(name is null ? [] : [$"p/{name}"], new Layout("p").With(file, "FROM x\n").Sources().Select(source => source.Image.Text));

    [Fact]
    public void Takes_names_and_keys_from_the_manifest()
    {
        var layout = new Layout("shop")
        {
            Entries =
            [
                Entry("images", "acme/core-api"), Entry("images", "acme/shop-web"), Entry("ci_images", "acme/ci_basic"), Entry("images", "acme/core-api-debug"),
                Entry("core_images", "bitnami/redis"),
            ],
        };
        layout.With("src/core/api/Dockerfile", "FROM x AS build\nFROM x AS debug\nFROM x\n").With("src/web/Dockerfile", "FROM x").With("ci/basic/Dockerfile", "FROM x").With("src/redis/Dockerfile", "FROM x")
            .With("docker-compose.yml", "services:\n  api-debug:\n    build: { context: src/core/api, target: debug }\n  api:\n    build: src/core/api\n");
        Assert.Equal(
            ["acme/ci_basic = ci/basic/Dockerfile in ci/basic key ci_images", "acme/core-api = src/core/api/Dockerfile in src/core/api", "acme/core-api-debug = src/core/api/Dockerfile in src/core/api target debug", "acme/redis = src/redis/Dockerfile in src/redis", "acme/shop-web = src/web/Dockerfile in src/web"],
            layout.Lines());
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

    [Fact]
    public void Names_another_registrys_base_by_a_context()
    {
        var layout = new Layout("shop", "acme") { Entries = [Entry("images", "acme/base"), Entry("images", "acme/api")] };
        layout.With("base/Dockerfile", "FROM alpine:3.22\n").With("api/Dockerfile", "FROM ghcr.io/acme/base:3.1\n").With("alpine/Dockerfile", "FROM scratch\n");
        Assert.Equal(
            ["acme/alpine = alpine/Dockerfile in alpine", "acme/api = api/Dockerfile in api ghcr.io/acme/base:3.1->acme/base", "acme/base = base/Dockerfile in base"],
            layout.Lines());
    }

    [Fact]
    public void Keeps_names_apart()
    {
        var layout = new Layout("p")
            .With("services/api/Dockerfile", "FROM x").With("apps/api/Dockerfile", "FROM x").With("apps/Web_UI/Containerfile", "FROM x").With("apps/Web_UI/dev.Dockerfile", "FROM x")
            .With("compose.yaml", "services:\n  one: { image: acme/x, build: services/api }\n  two: { image: 'acme/x:two', build: apps/api }\n");
        Assert.Equal(
            ["acme/two = apps/api/Dockerfile in apps/api", "acme/web_ui = apps/Web_UI/Containerfile in apps/Web_UI", "acme/web_ui-dev = apps/Web_UI/dev.Dockerfile in apps/Web_UI", "acme/x = services/api/Dockerfile in services/api"],
            layout.Lines());
        Assert.Equal("compose.yaml:3: 'acme/x' is the name of what compose.yaml:2 builds, so what 'apps/api/Dockerfile' builds is called differently here", layout.Find().Guesses[^1]);
    }

    [Theory]
    [InlineData("latest-api", "latest-web", "ghcr.io/acme/api ghcr.io/acme/web")]
    [InlineData("api-${V}", "web-${V}", "ghcr.io/acme/api ghcr.io/acme/web")]
    [InlineData("${V}", "web-${V}", "ghcr.io/acme/shop ghcr.io/acme/web")]
    [InlineData("latest", "web", "ghcr.io/acme/shop ghcr.io/acme/web")]
    [InlineData("1.2", "1.2", "ghcr.io/acme/shop ghcr.io/acme/web")]
    public void Gives_builds_that_only_tags_tell_apart_names_of_their_own(string api, string web, string names)
    {
        var compose = new Layout("p").With("compose.yaml", $"services:\n  api: {{ image: 'ghcr.io/acme/shop:{api}', build: api }}\n  web: {{ image: 'ghcr.io/acme/shop:{web}', build: web }}\n");
        var bake = new Layout("p").With("docker-bake.hcl", $"variable \"V\" {{}}\ntarget \"api\" {{\n  context = \"api\"\n  tags = [\"ghcr.io/acme/shop:{api}\"]\n}}\ntarget \"web\" {{\n  context = \"web\"\n  tags = [\"ghcr.io/acme/shop:{web}\"]\n}}\n".Replace("${V}", "${timestamp()}", StringComparison.Ordinal));
        foreach (var layout in new[] { compose, bake })
        {
            layout.With("api/Dockerfile", "FROM x\n").With("web/Dockerfile", "FROM x\n");
            Assert.Equal(names, string.Join(' ', layout.Sources().Select(source => source.Image.Text).Order(StringComparer.Ordinal)));
            Assert.Contains("'ghcr.io/acme/shop' is the name of", Assert.Single(layout.Find().Guesses), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Puts_what_is_regular_under_one_glob_and_the_rest_under_except()
    {
        var layout = new Layout("p");
        for (var index = 0; index < 40; index++)
        {
            layout.With($"src/group{index % 4}/svc{index}/Dockerfile", "FROM x\n");
        }

        layout.With("src/group1/odd/Dockerfile", "nonsense here\n").With("src/group1/sub/Dockerfile", "FROM x\nCOPY src/group1/sub/a /\n").WithFiles("src/group1/sub/a", "src/group0/svc0/b");
        Assert.Contains("  - dockerfiles: src/*/*/Dockerfile\n    except: [src/group1/odd/Dockerfile, src/group1/sub/Dockerfile]\n    name: p/{name}\n  - dockerfiles: src/group1/sub/Dockerfile\n", layout.Write(), StringComparison.Ordinal);
        Assert.Equal(41, layout.Sources().Count);
        Assert.Equal(["src/group1/odd/Dockerfile"], layout.Find().LeftOut.Select(left => left.Key));
    }

    [Theory]
    [InlineData("a b/Dockerfile")]
    [InlineData("[x]/*?/Dockerfile")]
    [InlineData("ünï/Dockerfile.é")]
    [InlineData("-/yes/Dockerfile")]
    [InlineData("#/Dockerfile")]
    [InlineData("\U0001F40B/Dockerfile")]
    [InlineData("aa: b/null/Dockerfile")]
    [InlineData("{name}/{dir}/Dockerfile")]
    [InlineData("\"'/Dockerfile")]
    [InlineData("a\u2028b\tc/Dockerfile")]
    [InlineData("1e5/Dockerfile")]
    public void Writes_any_path_so_that_it_is_read_back(string path)
    {
        var layout = new Layout("p").With(path, "FROM x\n").With("other/Dockerfile", "FROM x\n");
        Assert.Equal(["other/Dockerfile", path], layout.Sources().Select(source => source.Dockerfile).OrderBy(one => one == path));
    }

    [Fact]
    public void Leaves_out_what_is_no_dockerfile_and_says_so()
    {
        var layout = new Layout("p")
            .With("a/Dockerfile", [0x7F, (byte)'E', 0, 1]).With("b/Dockerfile", new byte[2 * 1024 * 1024]).With("c/Dockerfile", "RUN x\n").With("node_modules/d/Dockerfile", "FROM x\n")
            .With("e/Dockerfile", string.Concat(Enumerable.Repeat("FROM x\nCOPY a b\n", 5_000))).With("f/Dockerfile.j2", "FROM {{ x }}\n").With("docker-bake.hcl", [0xFF, 0xFE, 0]).With("g/Dockerfile", "").With("z:/Dockerfile", "FROM x\n");
        Assert.Equal(["e/Dockerfile"], layout.Sources().Select(source => source.Dockerfile));
        Assert.Equal(["a/Dockerfile", "b/Dockerfile", "c/Dockerfile", "docker-bake.hcl", "g/Dockerfile", "node_modules/d/Dockerfile", "z:/Dockerfile"], layout.Find().LeftOut.Select(left => left.Key));
        Assert.Empty(new Layout("p").Sources());
    }

    private static ManifestEntry Entry(string list, string image) => new(list, 0, ImageName.Parse(image), "1", 1);
}
