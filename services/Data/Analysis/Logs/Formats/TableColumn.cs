namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>What a column of a log that is a table holds.</summary>
internal enum TableColumn
{
    /// <summary>Nothing that an entry has a place for.</summary>
    Other,

    /// <summary>A date with a time of the day.</summary>
    Time,

    /// <summary>A date alone.</summary>
    Date,

    /// <summary>A time of the day alone.</summary>
    Clock,

    Level,

    Source,

    Message,

    /// <summary>The message is this cell and all behind it: it may hold the separator.</summary>
    Text,

    /// <summary>The status of an answer of HTTP.</summary>
    Status,
}
