using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Text;
using Google.Rpc;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

/// <summary>
/// Asks Session for cases and records questions in them, each once even if it is tried several times. Session records the answers, from the
/// events that turns publish.
/// </summary>
internal sealed class CaseMessages(SessionService.SessionServiceClient session)
{
    /// <summary>The longest message of a case, in characters, as the contract of Session limits it.</summary>
    public const int MaxLength = 32_768;

    /// <summary>Checks that there is a case.</summary>
    /// <inheritdoc cref="EnsureOpenAsync" path="/exception"/>
    public Task EnsureExistsAsync(string caseName, CancellationToken cancellationToken) =>
        AskAsync(caseName, () => session.GetCaseAsync(new() { Name = caseName }, cancellationToken: cancellationToken));

    /// <summary>Checks that a case takes questions.</summary>
    /// <exception cref="RpcException">The case does not exist or is closed, or Session did not answer; typed for our caller.</exception>
    public async Task EnsureOpenAsync(string caseName, CancellationToken cancellationToken)
    {
        var found = await AskAsync(caseName, () => session.GetCaseAsync(new() { Name = caseName }, cancellationToken: cancellationToken));
        if (found.State == Case.Types.State.Closed)
        {
            throw Closed(caseName, ContractNames.Of(found.State));
        }
    }

    /// <summary>Records what was asked.</summary>
    /// <inheritdoc cref="EnsureOpenAsync" path="/exception"/>
    public Task AddQuestionAsync(TurnName turn, string question, CancellationToken cancellationToken)
    {
        var message = new CreateMessageRequest
        {
            Parent = $"{turn.Case}",
            Text = RedactedText.Cut(question, MaxLength),
            Turn = turn.ToString(),
            RequestId = $"question-{turn.Id}",
        };
        return AskAsync($"{turn.Case}", () => session.CreateMessageAsync(message, cancellationToken: cancellationToken));
    }

    /// <summary>Waits until Session has recorded the answer of a turn. Returns at once if the case was deleted.</summary>
    /// <exception cref="ServiceUnavailableException">
    /// Session was unavailable, or had not recorded it before <paramref name="cancellationToken"/> was cancelled.
    /// </exception>
    public async Task WaitForAnswerAsync(TurnName turn, CancellationToken cancellationToken)
    {
        try
        {
            using var call = session.WatchCase(new() { Name = $"{turn.Case}" }, cancellationToken: cancellationToken);
            await foreach (var next in call.ResponseStream.ReadAllAsync(cancellationToken))
            {
                if (next.TurnCompleted?.Turn == turn.ToString())
                {
                    return;
                }
            }
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
        }
        catch (Exception exception) when (exception is OperationCanceledException || RetryPolicy.IsUnavailable(exception))
        {
            throw new ServiceUnavailableException(ResourceNames.Session, exception);
        }
    }

    private static async Task<T> AskAsync<T>(string caseName, Func<AsyncUnaryCall<T>> call)
    {
        try
        {
            return await ServiceCall.To(ResourceNames.Session, ErrorReason.ServiceUnavailable, () => call().ResponseAsync);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            throw RpcFault.NotFound(ErrorReason.CaseNotFound, caseName);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.FailedPrecondition)
        {
            throw Closed(caseName, StateIn(exception));
        }
    }

    private static string StateIn(RpcException exception) =>
        exception.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Metadata.TryGetValue("state", out var state) is true ? state : "";

    private static RpcException Closed(string caseName, string state) => RpcFault.Precondition(
        ErrorReason.CaseStateConflict,
        $"{caseName} is closed; reopen it, or create a new case, to ask more.",
        ("name", caseName),
        ("state", state),
        ("allowed", $"{ContractNames.Of(Case.Types.State.Inquiry)}, {ContractNames.Of(Case.Types.State.Investigating)}"));
}
