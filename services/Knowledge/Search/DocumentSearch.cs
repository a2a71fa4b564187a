using FaultMaven.Knowledge.Database;
using FaultMaven.Knowledge.Documents;
using FaultMaven.ServiceDefaults.Text;
using Microsoft.Data.Sqlite;

namespace FaultMaven.Knowledge.Search;

/// <summary>Finds the documents that answer a query: candidates from the full-text index, ranked by <see cref="Ranking"/>.</summary>
internal sealed class DocumentSearch(KnowledgeDatabases databases)
{
    /// <summary>How many chunks the index hands to the ranking.</summary>
    private const int MaxCandidates = 300;

    /// <summary>
    /// The score from which a document answers. Calibrated on alert texts against runbooks, with and without one written for the alert;
    /// between 0.22 and 0.25 the outcome hardly changes. Higher means fewer near misses taken for answers, and more answers missed.
    /// </summary>
    private const double AnswerScore = 0.23;

    /// <summary>Searches.</summary>
    /// <param name="query">What is sought, redacted.</param>
    /// <param name="limit">How many documents at most.</param>
    /// <param name="cancellationToken">Interrupts the search.</param>
    /// <exception cref="KnowledgeDatabaseException">The database does not work.</exception>
    public Task<SearchResult> SearchAsync(string query, int limit, CancellationToken cancellationToken) =>
        databases.OfCaller.ReadAsync(connection => Search(connection, query, limit), cancellationToken);

    private static SearchResult Search(SqliteConnection connection, string text, int limit)
    {
        var (chunks, averageTermCount) = ReadStatistics(connection);
        using var frequency = connection.Command("SELECT doc FROM chunk_terms WHERE term = $term");
        var parameter = frequency.Parameters.Add("$term", SqliteType.Text);
        var query = new SearchQuery(CompoundWords.TakeApart(Terms.Read(text), term => ChunksWith(term) > 0), chunks, ChunksWith);
        if (query.Count == 0)
        {
            return SearchResult.Nothing;
        }

        var ranking = new Ranking(query, averageTermCount);
        foreach (var chunk in ReadCandidates(connection, query))
        {
            ranking.Add(chunk);
        }

        var hits = ranking.Best(limit).Select(document => ReadHit(connection, document)).ToList();
        return new SearchResult(hits, hits is [{ Score: >= AnswerScore }, ..]);

        long ChunksWith(string term)
        {
            parameter.Value = term;
            return frequency.ExecuteScalar() is long count ? count : 0;
        }
    }

    private static (long Chunks, double AverageTermCount) ReadStatistics(SqliteConnection connection)
    {
        using var command = connection.Command("SELECT total(chunk_count), ifnull(avg(term_count), 0) FROM documents");
        using var reader = command.ExecuteReader();
        reader.Read();
        return ((long)reader.GetDouble(0), reader.GetDouble(1));
    }

    private static IEnumerable<MatchedChunk> ReadCandidates(SqliteConnection connection, SearchQuery query)
    {
        using var command = connection.Command(
            """
            WITH best AS MATERIALIZED (
                SELECT rowid AS id, bm25(chunk_index, $title, $path, 1, 1) AS distance
                FROM chunk_index WHERE chunk_index MATCH $query ORDER BY distance LIMIT $limit)
            SELECT c.id, d.id, d.term_count, i.title, i.path, i.body
            FROM best
            JOIN chunk_index i ON i.rowid = best.id
            JOIN chunks c ON c.id = best.id
            JOIN documents d ON d.id = c.document_id
            ORDER BY best.distance, best.id
            """,
            ("$title", Ranking.TitleWeight), ("$path", Ranking.PathWeight), ("$query", query.ToFts()), ("$limit", MaxCandidates));
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return new MatchedChunk(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetString(3), reader.GetString(4), reader.GetString(5));
        }
    }

    private static SearchHit ReadHit(SqliteConnection connection, RankedDocument found)
    {
        using var command = connection.Command(
            """
            SELECT d.name, d.path, d.title, c.headings, c.start_line, c.end_line, c.text, d.flags
            FROM chunks c JOIN documents d ON d.id = c.document_id WHERE c.id = $chunk
            """,
            ("$chunk", found.ChunkId));
        using var reader = command.ExecuteReader();
        reader.Read();
        return new SearchHit(
            reader.GetString(0),
            reader.GetString(1),
            reader.GetString(2),
            reader.GetString(3).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            reader.GetInt32(4),
            reader.GetInt32(5),
            reader.GetString(6),
            found.Score,
            DocumentFlags.Parse(reader.GetString(7)));
    }
}
