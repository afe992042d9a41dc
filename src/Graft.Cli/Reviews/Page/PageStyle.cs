namespace Graft.Cli.Reviews.Page;

/// <summary>How a page looks: light and dark, on a phone and on paper. Every pair of colours has a contrast of 4.5 or more (WCAG 2.2, 1.4.3).</summary>
internal static class PageStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --back: #fff; --front: #1b1f24; --soft: #f3f5f7; --quiet: #4d565f; --line: #c3c9d0; --came: #e2f8e7; --came-front: #0b3d1c; --went: #ffe9e7; --went-front: #6b0f17; --bad: #9b0d22; --warn: #6b4300; --good: #0b5c2b; }
        @media (prefers-color-scheme: dark) { :root { --back: #0e1216; --front: #e7ecf1; --soft: #191f26; --quiet: #aab4be; --line: #46505b; --came: #11331d; --came-front: #cdf2d7; --went: #43161a; --went-front: #ffdad6; --bad: #ff9c99; --warn: #eac055; --good: #7ad795; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--back); color: var(--front); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
        header, main, footer { max-width: 64rem; margin: 0 auto; padding: 1rem; }
        h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; }
        h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); }
        h3 { font-size: 1rem; margin: 1rem 0 .25rem; }
        p { margin: .25rem 0; }
        code, pre { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .85rem; }
        .quiet { color: var(--quiet); }
        .bad { color: var(--bad); font-weight: 600; }
        .warn { color: var(--warn); font-weight: 600; }
        .good { color: var(--good); }
        .call { border-left: .25rem solid var(--warn); padding: .5rem .75rem; background: var(--soft); }
        table { border-collapse: collapse; width: 100%; }
        caption { text-align: left; color: var(--quiet); }
        th, td { text-align: left; vertical-align: top; padding: .3rem .5rem .3rem 0; border-bottom: 1px solid var(--line); }
        td.count { white-space: nowrap; }
        ul { margin: .25rem 0; padding-left: 1.25rem; }
        details { border-bottom: 1px solid var(--line); }
        summary { padding: .45rem 0; cursor: pointer; }
        pre { margin: 0 0 .75rem; white-space: pre-wrap; background: var(--soft); border: 1px solid var(--line); }
        pre span { display: block; padding: 0 .5rem; }
        pre .came { background: var(--came); color: var(--came-front); }
        pre .went { background: var(--went); color: var(--went-front); }
        pre .place, pre .note { color: var(--quiet); }
        svg { width: 100%; max-width: 26rem; height: auto; font: 13px system-ui, sans-serif; }
        svg text { fill: var(--front); }
        svg .main { stroke: var(--quiet); fill: none; stroke-width: 2; }
        svg .branch { stroke: var(--good); fill: none; stroke-width: 2; }
        svg .dot { fill: var(--back); stroke: var(--good); stroke-width: 2; }
        svg .base { fill: var(--front); }
        svg .link { stroke: var(--quiet); stroke-width: 1.5; }
        svg .loose { stroke-dasharray: 3 3; }
        @media (max-width: 40rem) {
          .wide thead { position: absolute; clip-path: inset(50%); }
          .wide tr, .wide td, .wide th { display: block; border: 0; padding: 0; }
          .wide tr { border-bottom: 1px solid var(--line); padding: .4rem 0; }
        }
        @media print {
          :root { --back: #fff; --front: #000; --soft: #fff; --quiet: #333; --line: #999; }
          header, main, footer { max-width: none; padding: 0; }
          details::details-content { content-visibility: visible; block-size: auto; }
          tr, summary { break-inside: avoid; }
        }
        """;
}
