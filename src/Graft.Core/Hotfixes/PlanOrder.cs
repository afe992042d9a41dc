namespace Graft.Core.Hotfixes;

/// <summary>Holds that a plan's operations are operations on what the plan makes, and that there is an order to do them in.</summary>
internal static class PlanOrder
{
    /// <summary>What is wrong, or null.</summary>
    public static string? FindProblem(HotfixPlan plan) =>
        plan.Operations.Select(operation => InOperation(operation, plan)).FirstOrDefault(problem => problem is not null)
        ?? (plan.Operations.CountBy(operation => operation.Id).Any(pair => pair.Value > 1) || !HasOrder(plan.Operations) ? "there is no order of its operations" : null);

    private static string? InOperation(Operation operation, HotfixPlan plan) => operation switch
    {
        ReserveName { Name: var name } => Same(operation, name == plan.Name.ToString() && plan.Reservation is not null, $"reserve {name}"),
        FreeName { Name: var name } => Same(operation, name == plan.Name.ToString() && plan.Reservation is not null, $"free {name}"),
        BuildImage { Image: var image } => InBuild(operation, image, BuildImage.IdOf(image), plan),
        PushImage { Image: var image } => InBuild(operation, image, PushImage.IdOf(image), plan),
        WriteManifest { Path: var path } => Same(operation, path == plan.ManifestPath, $"write {path}"),
        WriteLock { Path: var path } => Same(operation, path == plan.LockPath, $"write {path}"),
        CreateDraft { Tag: var tag } => Same(operation, tag == plan.Tag && plan.Draft is not null, $"draft {tag}"),
        _ => null,
    };

    private static string? InBuild(Operation operation, string image, string id, HotfixPlan plan) =>
        plan.Builds.Any(build => build.Reference.Name.Text == image) ? Same(operation, isOfPlan: true, id) : $"nothing builds '{image}'";

    private static string? Same(Operation operation, bool isOfPlan, string id) => isOfPlan && operation.Id == id ? null : $"'{id}' is no operation of it";

    private static bool HasOrder(IReadOnlyList<Operation> operations)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (operations.FirstOrDefault(operation => !done.Contains(operation.Id) && operation.After.All(done.Contains)) is { } next)
        {
            done.Add(next.Id);
        }

        return done.Count == operations.Count;
    }
}
