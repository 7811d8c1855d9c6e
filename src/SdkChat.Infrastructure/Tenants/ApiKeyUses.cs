using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Tenants;

/// <summary>The last uses of keys.</summary>
internal sealed class ApiKeyUses(Database database) : LastUses(database, ApiKeySql.WriteUses);
