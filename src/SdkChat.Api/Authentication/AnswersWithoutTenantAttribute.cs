namespace SdkChat.Api.Authentication;

/// <summary>
/// Marks an action that also runs while the caller's tenant cannot be read from the database. Its credential is verified and has the role;
/// whether the tenant is enabled and fits the host is then unknown, and <see cref="CallerContext.FindTenant"/> is null.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AnswersWithoutTenantAttribute : Attribute;
