namespace FaultMaven.ServiceDefaults.Requests;

/// <summary>
/// Ends a change that another process has made meanwhile for the same request; <see cref="RequestLedger"/> then gives that one's answer.
/// </summary>
/// <param name="record">The record of that answer.</param>
internal sealed class RequestAnsweredException(byte[] record) : Exception("The request was carried out by another process.")
{
    public byte[] Record => record;
}
