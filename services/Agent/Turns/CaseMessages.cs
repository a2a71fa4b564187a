using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Text;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

/// <summary>
/// Records questions in their case, each once however often it is tried. Session records the answers, from the events that turns publish.
/// </summary>
internal sealed class CaseMessages(SessionService.SessionServiceClient session)
{
    private const int MaxLength = 32_768;

    /// <summary>Records what was asked.</summary>
    /// <exception cref="RpcException">The case does not exist or is closed, or Session did not answer; typed for our caller.</exception>
    public async Task AddQuestionAsync(TurnName turn, string question, CancellationToken cancellationToken)
    {
        try
        {
            await ServiceCall.To(
                ResourceNames.Session,
                ErrorReason.ServiceUnavailable,
                () => session.CreateMessageAsync(Question(turn, question), cancellationToken: cancellationToken).ResponseAsync);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            throw RpcFault.NotFound(ErrorReason.CaseNotFound, turn.Case);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.FailedPrecondition)
        {
            throw RpcFault.Precondition(
                ErrorReason.CaseStateConflict,
                $"{turn.Case} is closed; create a new case to ask more.",
                ("name", turn.Case),
                ("state", "STATE_CLOSED"),
                ("allowed", "STATE_INQUIRY, STATE_INVESTIGATING"));
        }
    }

    private static CreateMessageRequest Question(TurnName turn, string text) => new()
    {
        Parent = turn.Case,
        Text = RedactedText.Cut(text, MaxLength),
        Turn = turn.ToString(),
        RequestId = $"question-{turn.TurnId}",
    };
}
