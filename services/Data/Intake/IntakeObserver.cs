namespace FaultMaven.Data.Intake;

/// <summary>Receives the progress of an upload. The upload waits for it, so a caller that does not read slows its own upload.</summary>
/// <param name="Progress">Takes each step.</param>
/// <param name="Entry">Takes the result of each file of an archive.</param>
internal sealed record IntakeObserver(
    Func<Proto.ImportProgress, CancellationToken, ValueTask> Progress, Func<IntakeResult, CancellationToken, ValueTask> Entry)
{
    public static IntakeObserver None { get; } = new((_, _) => ValueTask.CompletedTask, (_, _) => ValueTask.CompletedTask);
}
