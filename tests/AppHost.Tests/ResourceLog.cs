using Microsoft.Extensions.Logging;

namespace FaultMaven.AppHost.Tests;

/// <summary>What the resources wrote, in one file next to the tests, to find out why one failed.</summary>
internal sealed class ResourceLog(string path) : ILoggerProvider
{
    private readonly TextWriter _writer = TextWriter.Synchronized(new StreamWriter(path, append: true) { AutoFlush = true });

    public ILogger CreateLogger(string categoryName) => new Writer(categoryName[(categoryName.LastIndexOf('.') + 1)..], _writer);

    public void Dispose() => _writer.Dispose();

    private sealed class Writer(string category, TextWriter writer) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            writer.WriteLine($"{category} | {formatter(state, exception)}");
    }
}
