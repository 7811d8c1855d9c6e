namespace SdkChat.Infrastructure.Storage;

/// <summary>Statements about the transaction itself.</summary>
internal static class TransactionSql
{
    public const string ReadOnly = "set transaction read only";
}
