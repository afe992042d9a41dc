using System.Formats.Tar;
using System.Text;
using Graft.Core.Images;

namespace Graft.Cli.Tests;

/// <summary>
/// Programs called docker, buildah and podman that build nothing: each takes down what it is called with and the Dockerfile that it is given, and leaves
/// an image without layers where the real one would. They read the environment: <c>FAIL</c> is said instead of building; a call that begins with
/// <c>LACKS</c> fails with the words <c>WORDS</c>, one that begins with <c>ASKED</c> says <c>ANSWER</c>; with <c>TOGETHER</c>, a folder, two builds wait for
/// each other there; with <c>CHATTY</c> a build says all that it can see, the secrets that it is lent too.
/// </summary>
internal sealed class StandInBuilders
{
    private readonly string image;
    private readonly string record;

    public StandInBuilders(string folder)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        image = Path.Combine(folder, "image.tar");
        record = Path.Combine(folder, "calls");
        WriteArchive(image);
        foreach (var program in new[] { "docker", "buildah", "podman" })
        {
            var path = Path.Combine(folder, program);
            File.WriteAllText(path, Script);
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Where they are, for PATH.</summary>
    public string Folder { get; }

    /// <summary>Every call, a line each, with the Dockerfile, the ignore file and the time after a build's.</summary>
    public string Calls => File.Exists(record) ? File.ReadAllText(record) : "";

    private string Script => $$"""
        #!/bin/sh
        {
          printf '%s' "${0##*/}"
          for argument; do printf ' %s' "$argument"; done
          printf '\n'
        } >> '{{record}}'
        if [ -n "$LACKS" ]; then case "$*" in "$LACKS"*) echo 'half an answer'; echo "$WORDS" >&2; exit 1 ;; esac; fi
        if [ -n "$ASKED" ]; then case "$*" in "$ASKED"*) printf '%b\n' "$ANSWER"; exit 0 ;; esac; fi
        previous='' dockerfile='' archive=''
        for argument; do
          case $previous in
            --file) dockerfile=$argument ;;
            --secret)
              if [ -n "$CHATTY" ]; then
                case $argument in *,src=*) cat "${argument#*,src=}" ;; *) printenv "${argument#*,env=}" >&2 ;; esac
              fi ;;
          esac
          case $argument in
            type=oci,dest=*) archive=${argument#type=oci,dest=} ;;
            docker-archive:*) archive=${argument#docker-archive:}; archive=${archive%%:*} ;;
          esac
          case $1/$previous in save/--output) archive=$argument ;; esac
          previous=$argument
        done
        if [ -n "$dockerfile" ]; then
          { sed 's/^/  | /' "$dockerfile"; echo; sed 's/^/  ignore | /' "$dockerfile.dockerignore"; } >> '{{record}}'
          echo "  time $SOURCE_DATE_EPOCH $DOCKER_BUILDKIT" >> '{{record}}'
          if [ -n "$CHATTY" ]; then env; env >&2; fi
          if [ -n "$TOGETHER" ]; then
            : > "$TOGETHER/$$"
            until [ "$(ls "$TOGETHER" | wc -l)" -ge 2 ]; do :; done
          fi
          if [ -n "$FAIL" ]; then echo "$FAIL" >&2; exit 1; fi
        fi
        if [ -n "$archive" ]; then cp '{{image}}' "$archive"; fi
        exit 0

        """;

    private static void WriteArchive(string path)
    {
        const string config = """{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]}}""";
        var digest = Digest.Of(Encoding.UTF8.GetBytes(config));
        var manifest = $$"""{"schemaVersion":2,"config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{digest}}","size":{{config.Length}}},"layers":[]}""";
        var root = Digest.Of(Encoding.UTF8.GetBytes(manifest));
        using var file = File.Create(path);
        using var tar = new TarWriter(file);
        foreach (var (name, content) in new[]
        {
            ($"blobs/sha256/{digest.Hex}", config),
            ($"blobs/sha256/{root.Hex}", manifest),
            ("index.json", $$"""{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{root}}","size":{{manifest.Length}}}]}"""),
        })
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        }
    }
}
