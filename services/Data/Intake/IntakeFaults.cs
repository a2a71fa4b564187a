using FaultMaven.Data.Intake.Limits;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Data.Intake;

/// <summary>Refusals of uploads as errors of the contract: of a whole call, or of one file among others.</summary>
internal static class IntakeFaults
{
    extension(IntakeFailure failure)
    {
        /// <summary>The error of a call.</summary>
        public RpcException ToFault() => failure.Reason switch
        {
            ErrorReason.StorageFull or ErrorReason.CaseFull => RpcFault.Exhausted(failure.Reason, failure.Message, failure.Metadata),
            ErrorReason.RequestIdReused => RpcFault.AlreadyExists(failure.Reason, failure.Message, failure.Metadata),
            ErrorReason.CaseNotFound => RpcFault.NotFound(failure.Reason, failure.Metadata[0].Value),
            _ => RpcFault.InvalidArgument(failure.Reason, failure.Message, failure.Metadata),
        };

        /// <summary>The same for one file among others.</summary>
        public Google.Rpc.Status ToStatus() => failure.ToFault().GetRpcStatus()!;
    }
}
