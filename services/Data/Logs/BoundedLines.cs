namespace FaultMaven.Data.Logs;

/// <summary>Reads lines as <see cref="LineSplitter"/> cuts them, block by block.</summary>
internal static class BoundedLines
{
    public static IEnumerable<string> Read(TextReader reader)
    {
        var ready = new List<string>();
        var splitter = new LineSplitter(line => ready.Add(line.ToString()));
        var block = new char[16_384];
        for (int length; (length = reader.Read(block)) > 0;)
        {
            splitter.Append(block.AsSpan(0, length));
            foreach (var line in ready)
            {
                yield return line;
            }

            ready.Clear();
        }

        splitter.Complete();
        foreach (var line in ready)
        {
            yield return line;
        }
    }
}
