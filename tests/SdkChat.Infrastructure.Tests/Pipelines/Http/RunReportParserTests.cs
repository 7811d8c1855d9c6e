using System.Text;
using SdkChat.Application.Pipelines;
using SdkChat.Domain.Chats;
using SdkChat.Domain.Common;
using SdkChat.Infrastructure.Pipelines.Http;

namespace SdkChat.Infrastructure.Tests.Pipelines.Http;

public sealed class RunReportParserTests
{
    [TestCase("""{"status":"running"}""")]
    [TestCase("""{"status":"running","result":17,"unknown":{}}""")]
    public void Read_Running_IsRunning(string body) => Read(body).Should().BeOfType<RunReport.Running>();

    [TestCase("""{"status":"completed"}""")]
    [TestCase("""{"status":"completed","result":null,"back_list_status":null}""")]
    [TestCase("""{"status":"completed","result":{}}""")]
    [TestCase("""{"status":"completed","result":{"todos":null,"recommended_items":null},"back_list_status":" "}""")]
    public void Read_CompletedWithoutLists_HasEmptyOnes(string body) =>
        Read(body).Should().Be(new RunReport.Completed(PipelineResult.None, BackListStatus: null));

    [Test]
    public void Read_Completed_KeepsEveryByteOfTheLists()
    {
        const string List = """[ 1.0E2 ,12345678901234567890, -0, "\u0000", "\ud800\u0041", "\/", {"a" : 1, "a":2} ,[[ ]], "é😀 "  ]""";

        Read($$"""{"status":"completed","result":{"todos":{{List}},"notification_items":[3]},"back_list_status":"in_progress"}""")
            .Should().Be(new RunReport.Completed(
                new PipelineResult(RawJson.FromText(List), RawJson.EmptyArray, RawJson.FromText("[3]")), "in_progress"));
    }

    [Test]
    public void Read_ListsNestedDeep_AreKept() =>
        Read("{\"status\":\"completed\",\"result\":{\"todos\":" + new string('[', 900) + new string(']', 900) + "}}")
            .Should().BeOfType<RunReport.Completed>();

    [TestCase("")]
    [TestCase("   ")]
    [TestCase("<html>")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("\"running\"")]
    [TestCase("{")]
    [TestCase("""{"status":"running"} trailing""")]
    [TestCase("{}")]
    [TestCase("""{"status":null}""")]
    [TestCase("""{"status":17}""")]
    [TestCase("""{"status":"RUNNING"}""")]
    [TestCase("""{"status":"done"}""")]
    [TestCase("""{"status":"\ud800"}""")]
    [TestCase("""{"status":"completed","result":[]}""")]
    [TestCase("""{"status":"completed","result":"none"}""")]
    [TestCase("""{"status":"completed","result":{"todos":{}}}""")]
    [TestCase("""{"status":"completed","result":{"recommended_items":"[]"}}""")]
    [TestCase("""{"status":"completed","result":{"notification_items":0}}""")]
    [TestCase("""{"status":"completed","back_list_status":1}""")]
    [TestCase("""{"status":"completed","back_list_status":"\u0000"}""")]
    [TestCase("""{"status":"completed","back_list_status":"\ud800"}""")]
    public void Read_AnythingElse_IsNoAnswer(string body) => Read(body).Should().BeOfType<RunReport.NoAnswer>();

    [Test]
    public void Read_BackListStatusOfAbsurdLength_IsNoAnswer() =>
        Read($$"""{"status":"completed","back_list_status":"{{new string('x', 101)}}"}""").Should().BeOfType<RunReport.NoAnswer>();

    [Test]
    public void Read_BytesThatAreNoUtf8_IsNoAnswer() =>
        RunReportParser.Parse(new byte[] { (byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}' })
            .Should().BeOfType<RunReport.NoAnswer>();

    [TestCase("""{"status":"error","error":" Out of stock. "}""", "Out of stock.")]
    [TestCase("""{"status":"error","error":"a\u0000b"}""", "ab")]
    [TestCase("""{"status":"error"}""", "The pipeline reported an error.")]
    [TestCase("""{"status":"error","error":null}""", "The pipeline reported an error.")]
    [TestCase("""{"status":"error","error":""}""", "The pipeline reported an error.")]
    [TestCase("""{"status":"error","error":{"code":7}}""", "The pipeline reported an error.")]
    public void Read_Error_HasAReason(string body, string reason) => Read(body).Should().Be(new RunReport.Failed(reason));

    [Test]
    public void Read_ErrorOfAnyLength_IsCutBetweenCharacters() =>
        Read($$"""{"status":"error","error":"{{new string('x', 999)}}😀😀"}""").Should().Be(new RunReport.Failed(new string('x', 999)));

    private static RunReport Read(string body) => RunReportParser.Parse(Encoding.UTF8.GetBytes(body));
}
