using System.Net.Http.Headers;
using System.Text.Json;

namespace SdkChat.Api.Tests.Support;

/// <summary>Short ways to ask, and to read what every failure must look like.</summary>
internal static class ApiCalls
{
    public static HttpRequestMessage Request(
        string path, string method = "GET", string? token = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
        {
            if (name == "Host")
                request.Headers.Host = value;
            else
                request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    /// <summary>The failure's code, after seeing that the answer is the envelope and nothing but the envelope.</summary>
    public static async Task<string> FailureCodeAsync(this HttpResponseMessage response)
    {
        var failure = await response.FailureAsync();
        return failure.GetProperty("code").GetString()!;
    }

    public static async Task<JsonElement> FailureAsync(this HttpResponseMessage response)
    {
        ((int)response.StatusCode).Should().BeGreaterThanOrEqualTo(400);
        response.Content.Headers.ContentType!.ToString().Should().Be("application/json; charset=utf-8");
        response.Headers.Contains("X-Request-Id").Should().BeTrue();
        response.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");

        var text = await response.Content.ReadAsStringAsync();
        var failure = JsonDocument.Parse(text).RootElement;
        failure.GetProperty("success").GetBoolean().Should().BeFalse();
        failure.GetProperty("message").GetString().Should().NotBeNullOrWhiteSpace();
        failure.EnumerateObject().Select(member => member.Name).Should().BeSubsetOf(["success", "code", "message", "errors"]);
        failure.TryGetProperty("errors", out _).Should().Be(failure.GetProperty("code").GetString() == "VALIDATION_FAILED", text);
        return failure;
    }

    public static async Task<JsonElement> DataAsync(this HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.Should().BeTrue(text);
        return JsonDocument.Parse(text).RootElement.GetProperty("data");
    }

    public static string? Header(this HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;
}
