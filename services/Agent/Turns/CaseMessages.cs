using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

/// <summary>Records questions and answers in their case, each once however often it is tried.</summary>
internal sealed class CaseMessages(SessionService.SessionServiceClient session, Patience patience)
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
                () => session.CreateMessageAsync(Message(turn, Protos.Session.V1.Message.Types.Author.User, question, "question"), cancellationToken: cancellationToken).ResponseAsync);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            throw RpcFault.NotFound(ErrorReason.CaseNotFound, turn.Case);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.FailedPrecondition)
        {
            throw RpcFault.Precondition(
                ErrorReason.CaseStateConflict, $"{turn.Case} is closed; open a new case to ask on.", ("name", turn.Case), ("state", "closed"), ("allowed", "none"));
        }
    }

    /// <summary>Records what was answered. A case that was closed or deleted meanwhile takes no answer, and needs none.</summary>
    /// <exception cref="ServiceAwayException">Session did not answer until <paramref name="cancellationToken"/> gave up.</exception>
    public async Task AddAnswerAsync(TurnName turn, string summary, CancellationToken cancellationToken)
    {
        try
        {
            await patience.KeepAskingAsync(
                ResourceNames.Session,
                token => session.CreateMessageAsync(Message(turn, Protos.Session.V1.Message.Types.Author.Agent, summary, "answer"), cancellationToken: token).ResponseAsync,
                cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.NotFound or StatusCode.FailedPrecondition)
        {
        }
    }

    private static CreateMessageRequest Message(TurnName turn, Message.Types.Author author, string text, string part) => new()
    {
        Parent = turn.Case,
        Author = author,
        Text = text.Length <= MaxLength ? text : text[..MaxLength],
        Turn = turn.ToString(),
        RequestId = $"{part}-{turn.TurnId}",
    };
}
