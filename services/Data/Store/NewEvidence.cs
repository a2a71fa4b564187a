using FaultMaven.ServiceDefaults.Storage;

namespace FaultMaven.Data.Store;

/// <summary>Names evidence.</summary>
internal static class NewEvidence
{
    extension(EvidenceName)
    {
        /// <summary>A name that was not given before. Ids made later sort later.</summary>
        public static EvidenceName New(CaseName parent, DateTimeOffset now) => new(parent, TimeOrderedId.New(now).ToString("N"));
    }
}
