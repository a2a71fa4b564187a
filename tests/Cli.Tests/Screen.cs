using System.Text;

namespace FaultMaven.Cli.Tests;

/// <summary>What a terminal shows after some output: enough of an emulator for what Spectre.Console writes.</summary>
internal sealed class Screen
{
    private readonly List<List<(char Character, int Pass)>> _rows = [[]];
    private int _row;
    private int _column;

    // Each return to the start of a line begins a pass; characters of two passes in one finished row mean that the first was not cleared.
    private int _pass;

    /// <summary>Finished rows that still show something of what was there before.</summary>
    public IReadOnlyList<string> Leftovers { get; private set; } = [];

    /// <summary>The rows from the top.</summary>
    public IReadOnlyList<string> Rows => [.. _rows.Select(Text)];

    public static Screen Of(string output)
    {
        var screen = new Screen();
        var leftovers = new List<string>();
        for (var i = 0; i < output.Length; i++)
        {
            switch (output[i])
            {
                case '\u001b' when i + 1 < output.Length && output[i + 1] == '[':
                    var end = i + 2;
                    while (end < output.Length && output[end] is not (>= '@' and <= '~'))
                    {
                        end++;
                    }

                    screen.Control(output[(i + 2)..end], output[end]);
                    i = end;
                    break;
                case '\r':
                    screen.MoveTo(screen._row, 0);
                    break;
                case '\n':
                    leftovers.AddRange(screen.LeftoversOfRow());
                    screen.MoveTo(screen._row + 1, 0);
                    break;
                case >= ' ' and var character:
                    screen.Write(character);
                    break;
            }
        }

        screen.Leftovers = leftovers;
        return screen;
    }

    private static string Text(List<(char Character, int Pass)> row) =>
        new StringBuilder().Append([.. row.Select(cell => cell.Character)]).ToString().TrimEnd();

    private void Control(string parameters, char command)
    {
        var count = int.TryParse(parameters, out var given) ? given : 1;
        switch (command)
        {
            case 'A':
                MoveTo(Math.Max(0, _row - count), _column);
                break;
            case 'B':
                MoveTo(_row + count, _column);
                break;
            case 'J' when parameters.Length == 0:
                _rows[_row].RemoveRange(Math.Min(_column, _rows[_row].Count), Math.Max(0, _rows[_row].Count - _column));
                _rows.RemoveRange(_row + 1, _rows.Count - _row - 1);
                break;
            case 'K' when parameters == "2":
                _rows[_row].Clear();
                break;
            case 'K':
                _rows[_row].RemoveRange(Math.Min(_column, _rows[_row].Count), Math.Max(0, _rows[_row].Count - _column));
                break;
        }
    }

    private void MoveTo(int row, int column)
    {
        (_row, _column) = (row, column);
        _pass++;
        while (_rows.Count <= _row)
        {
            _rows.Add([]);
        }
    }

    private void Write(char character)
    {
        var row = _rows[_row];
        while (row.Count <= _column)
        {
            row.Add((' ', _pass));
        }

        row[_column++] = (character, _pass);
    }

    private IEnumerable<string> LeftoversOfRow() =>
        _rows[_row].Where(cell => cell.Character != ' ').Select(cell => cell.Pass).Distinct().Skip(1).Any() ? [Text(_rows[_row])] : [];
}
