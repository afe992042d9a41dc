using Graft.Core.Failures;

namespace Graft.Core.Bake;

/// <summary>An expression of HCL's native syntax (hashicorp/hcl, hclsyntax/spec.md).</summary>
internal abstract record HclExpression(SourceLocation Place);

/// <summary>A number, a truth value or null.</summary>
internal sealed record HclLiteral(SourceLocation Place, BakeValue Value) : HclExpression(Place);

/// <summary>A quoted text or a heredoc: texts and interpolations one after another.</summary>
internal sealed record HclTemplate(SourceLocation Place, IReadOnlyList<HclExpression> Parts) : HclExpression(Place);

/// <summary>A variable.</summary>
internal sealed record HclVariable(SourceLocation Place, string Name) : HclExpression(Place);

/// <summary><c>of.key</c> or <c>of[key]</c>.</summary>
internal sealed record HclMember(SourceLocation Place, HclExpression Of, HclExpression Key) : HclExpression(Place);

/// <summary><c>[a, b]</c>.</summary>
internal sealed record HclList(SourceLocation Place, IReadOnlyList<HclExpression> Items) : HclExpression(Place);

/// <summary><c>{ a = b }</c>.</summary>
internal sealed record HclMap(SourceLocation Place, IReadOnlyList<(HclExpression Key, HclExpression Value)> Pairs) : HclExpression(Place);

/// <summary><c>name(a, b...)</c>.</summary>
internal sealed record HclCall(SourceLocation Place, string Name, IReadOnlyList<HclExpression> Arguments, bool Spreads) : HclExpression(Place);

/// <summary><c>if ? then : otherwise</c>.</summary>
internal sealed record HclCondition(SourceLocation Place, HclExpression If, HclExpression Then, HclExpression Otherwise) : HclExpression(Place);

/// <summary>Two values and the sign between them.</summary>
internal sealed record HclBinary(SourceLocation Place, string Sign, HclExpression Left, HclExpression Right) : HclExpression(Place);

/// <summary><c>!x</c> or <c>-x</c>.</summary>
internal sealed record HclUnary(SourceLocation Place, char Sign, HclExpression Of) : HclExpression(Place);

/// <summary><c>[for v in c : value if filter]</c>, or with a key <c>{for k, v in c : key => value}</c>.</summary>
internal sealed record HclFor(
    SourceLocation Place, string? KeyName, string ValueName, HclExpression Collection, HclExpression? Key, HclExpression Value, HclExpression? Filter)
    : HclExpression(Place);

/// <summary>Something that is passed over unread; its value is not known.</summary>
internal sealed record HclUnread(SourceLocation Place) : HclExpression(Place);

/// <summary>An attribute of a body.</summary>
internal sealed record HclAttribute(SourceLocation Place, string Name, HclExpression Value);

/// <summary>A block: <c>type "label" { … }</c>.</summary>
internal sealed record HclBlock(SourceLocation Place, string Type, IReadOnlyList<string> Labels, HclBody Body);

/// <summary>The attributes and blocks of a file or of a block, in the file's order.</summary>
internal sealed record HclBody(IReadOnlyList<HclAttribute> Attributes, IReadOnlyList<HclBlock> Blocks)
{
    public HclExpression? Find(string name) => Attributes.LastOrDefault(attribute => attribute.Name == name)?.Value;
}

/// <summary>A file's content, and a sentence with its place for each thing that could not be read.</summary>
internal sealed record HclFile(HclBody Body, IReadOnlyList<string> Problems);
