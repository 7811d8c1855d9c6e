using SdkChat.Infrastructure.Storage;

namespace SdkChat.Infrastructure.Screens;

/// <summary>The last uses of screens.</summary>
internal sealed class ScreenUses(Database database) : LastUses(database, ScreenSql.WriteUses);
