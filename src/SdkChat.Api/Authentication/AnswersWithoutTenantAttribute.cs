namespace SdkChat.Api.Authentication;

/// <summary>
/// Marks an action that also runs while the caller's tenant cannot be read from the database. The credential is verified and has the role.
/// It is then unknown whether the tenant is enabled and matches the host, and <see cref="CallerContext.FindTenant"/> is null.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnswersWithoutTenantAttribute : Attribute;
