using System.Data;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace SdkChat.Infrastructure.Storage;

/// <summary>
/// The parameters of a statement that requests execute most often. <see cref="Database"/> sends it with numbered parameters, without boxing
/// their values.
/// </summary>
internal interface INumberedParameters
{
    /// <summary>Creates the parameter with this name, without its name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such parameter.</exception>
    NpgsqlParameter Create(string name);
}

/// <summary>Adds the parameters of a <see cref="NumberedStatement"/> to Dapper's command, in the order of their numbers.</summary>
internal sealed class NumberedParameters(NumberedStatement statement, INumberedParameters values) : SqlMapper.IDynamicParameters
{
    public void AddParameters(IDbCommand command, SqlMapper.Identity identity)
    {
        var parameters = ((NpgsqlCommand)command).Parameters;
        for (var i = 0; i < statement.Names.Count; i++)
            parameters.Add(values.Create(statement.Names[i]));
    }
}

/// <summary>Creates parameters whose type is known even if they are null.</summary>
internal static class NumberedParameter
{
    public static NpgsqlParameter From(Guid? value) => From(value, NpgsqlDbType.Uuid);

    public static NpgsqlParameter From(int value) => From<int>(value, NpgsqlDbType.Integer);

    public static NpgsqlParameter From(long? value) => From(value, NpgsqlDbType.Bigint);

    public static NpgsqlParameter From(bool value) => From<bool>(value, NpgsqlDbType.Boolean);

    public static NpgsqlParameter From(DateTimeOffset? value) => From(value, NpgsqlDbType.TimestampTz);

    /// <summary>An array with a value of each key.</summary>
    public static NpgsqlParameter From<TKey, T>(IReadOnlyList<TKey> keys, Func<TKey, T> value)
    {
        var values = new T[keys.Count];
        for (var n = 0; n < values.Length; n++)
            values[n] = value(keys[n]);
        return new NpgsqlParameter<T[]> { TypedValue = values };
    }

    public static NpgsqlParameter From(int[] value) => new NpgsqlParameter<int[]> { TypedValue = value };

    private static NpgsqlParameter From<T>(T? value, NpgsqlDbType type)
        where T : struct =>
        value is { } known
            ? new NpgsqlParameter<T> { TypedValue = known, NpgsqlDbType = type }
            : new NpgsqlParameter { NpgsqlDbType = type, Value = DBNull.Value };
}
