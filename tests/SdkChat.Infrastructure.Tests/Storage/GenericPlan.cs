using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace SdkChat.Infrastructure.Tests.Storage;

/// <summary>The plan that a prepared statement of the house comes to, which knows none of the values.</summary>
internal static partial class GenericPlan
{
    /// <param name="before">What to set or do first, in the same session.</param>
    /// <param name="options">Those of <c>explain</c>, such as <c>(format json)</c>.</param>
    /// <param name="value">What a parameter is given, as SQL: it must be of the type, and does not change the plan.</param>
    public static async Task<string> ExplainAsync(
        NpgsqlConnection connection, string sql, string before, string options, Func<string, string> value)
    {
        var names = Parameter().Matches(sql).Select(match => match.Groups[1].Value).Distinct().ToList();
        var numbered = Parameter().Replace(sql, match => $"${names.IndexOf(match.Groups[1].Value) + 1}");
        // Past Npgsql's own rewriting of parameters.
        await using (var prepare = new NpgsqlCommand(
            $"{before}; set plan_cache_mode = force_generic_plan; prepare it as {numbered}", connection)
        {
            AllResultTypesAreUnknown = true,
        })
            await prepare.ExecuteNonQueryAsync();
        var arguments = names.Count == 0 ? "" : $"({string.Join(", ", names.Select(value))})";
        return string.Join('\n', await connection.QueryAsync<string>($"explain {options} execute it{arguments}"));
    }

    [GeneratedRegex(@"(?<!@)@([a-zA-Z_]+)")]
    private static partial Regex Parameter();
}
