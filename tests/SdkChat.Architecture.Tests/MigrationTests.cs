using SdkChat.Architecture.Tests.Rules;

namespace SdkChat.Architecture.Tests;

public sealed class MigrationTests
{
    /// <summary>Those before it have run wherever there is a database with many rows.</summary>
    private const string FirstBound = "0013";

    /// <summary>What may be done all the same, and why.</summary>
    private static readonly string[] Exceptions =
    [
        // 0015: open sessions of deleted profiles, which are few and which nobody writes.
        "update profile_session",
    ];

    private static IEnumerable<string> AllScripts =>
        Directory.GetFiles(Path.Combine(Codebase.Root, "src", "SdkChat.Infrastructure", "Storage", "Migrations"), "*.sql")
            .Select(file => Path.GetRelativePath(Codebase.Root, file));

    private static IEnumerable<string> Scripts => AllScripts.Where(file => string.CompareOrdinal(Path.GetFileName(file), FirstBound) >= 0);

    [TestCaseSource(nameof(Scripts))]
    public void Migration_BesideNodesThatServe_LocksNoTableForLong(string script) =>
        MigrationRules.Blocking(File.ReadAllText(Path.Combine(Codebase.Root, script))).Except(Exceptions).Should().BeEmpty();

    [Test]
    public void Migrations_All_HaveNumbersOfTheirOwn() =>
        AllScripts.Select(file => Path.GetFileName(file)[..4]).Should().OnlyHaveUniqueItems();

    [TestCaseSource(nameof(AllScripts))]
    public void Migration_InAnySchema_NamesNone(string script) =>
        MigrationRules.Schemas(File.ReadAllText(Path.Combine(Codebase.Root, script))).Should().BeEmpty();

    [TestCase("create function a() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$ $$;")]
    [TestCase("alter function a() set search_path to public;")]
    [TestCase("select * from public.sdk_chat;")]
    [TestCase("revoke all on all tables in schema public from service;")]
    public void Schemas_DeliberateViolation_IsFound(string sql) => MigrationRules.Schemas(sql).Should().ContainSingle();

    [TestCase("create function a() returns void language sql security definer set search_path from current as $$ $$;")]
    [TestCase("revoke execute on function a() from public;")]
    public void Schemas_RoleOfEveryone_IsFine(string sql) => MigrationRules.Schemas(sql).Should().BeEmpty();

    [TestCase("create index a on sdk_chat (b);")]
    [TestCase("create unique index a on sdk_chat (b);")]
    [TestCase("alter table sdk_chat add column a text generated always as (b) stored;")]
    [TestCase("alter table sdk_chat add column a timestamptz default clock_timestamp();")]
    [TestCase("alter table sdk_chat alter column a type bigint;")]
    [TestCase("alter table sdk_chat alter column a set not null;")]
    [TestCase("alter table sdk_chat add constraint a check (b > 0);")]
    [TestCase("alter table sdk_chat add column a text; update sdk_chat set a = '';")]
    [TestCase("lock table sdk_chat in access exclusive mode;")]
    public void Blocking_DeliberateViolation_IsFound(string sql) => MigrationRules.Blocking(sql).Should().ContainSingle();

    [TestCase("create index concurrently a on sdk_chat (b);")]
    [TestCase("create table later (a bigint generated always as identity primary key); create index b on later (a);")]
    [TestCase("alter table sdk_chat add column a text, add column b integer default 0;")]
    [TestCase("alter table sdk_chat add constraint a check (b > 0) not valid; alter table sdk_chat validate constraint a;")]
    [TestCase(
        "-- migration: no transaction\ndo $$ begin loop exit when 1 = 1; update sdk_chat set a = '' where chat_id = any (ids); commit; "
        + "end loop; end $$")]
    [TestCase("-- create index a on sdk_chat (b);")]
    public void Blocking_WhatMakesNobodyWait_IsFine(string sql) => MigrationRules.Blocking(sql).Should().BeEmpty();
}
