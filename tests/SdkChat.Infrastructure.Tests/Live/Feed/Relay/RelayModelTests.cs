using SdkChat.Infrastructure.Live.Feed.Relay;

namespace SdkChat.Infrastructure.Tests.Live.Feed.Relay;

/// <summary>
/// A model of a database, three nodes and a Redis that loses, delays, repeats and mixes up whatever it is given. Transactions
/// commit, come to nothing, stay open and have their numbers given out again after a crash; old events go; nodes relay, all
/// at once if need be, follow, read for themselves, and start anew. Whatever happens, no node skips an event, takes one
/// twice, or takes the events of one chat out of order.
/// </summary>
public sealed class RelayModelTests
{
    [FsCheck.NUnit.Property(MaxTest = 5000, StartSize = 40, EndSize = 400)]
    public bool AnyHistory_NoNodeSkipsOrRepeats(byte[] steps)
    {
        var world = new World();
        for (var i = 0; i + 1 < steps.Length; i += 2)
            world.Step(steps[i], steps[i + 1]);
        return world.IsRight();
    }

    /// <summary>The model is worth something only if histories get far in it: followers do follow, and gaps do occur.</summary>
    [Test]
    public void Model_OverManyHistories_SeesWhatItIsAbout()
    {
        var random = new Random(73313);
        var seen = new Sights();
        for (var history = 0; history < 300; history++)
        {
            var world = new World { Seen = seen };
            for (var i = 0; i < 200; i++)
                world.Step((byte)random.Next(256), (byte)random.Next(256));
            world.IsRight().Should().BeTrue();
        }

        seen.Followed.Should().BeGreaterThan(1000);
        seen.Gaps.Should().BeGreaterThan(1000);
        seen.TakenFromRelay.Should().BeGreaterThan(1000);
        seen.AlreadyKnown.Should().BeGreaterThan(100);
        seen.Reused.Should().BeGreaterThan(100);
        seen.Replaced.Should().BeGreaterThan(100);
    }

    internal sealed class Sights
    {
        public int Followed { get; set; }

        public int Gaps { get; set; }

        public int TakenFromRelay { get; set; }

        public int AlreadyKnown { get; set; }

        public int Reused { get; set; }

        public int Replaced { get; set; }
    }

    private sealed class World
    {
        private readonly ModelDatabase _database = new();
        private readonly List<(ModelNode Sender, RelayPart? Part, RelayEnd? End)> _wire = [];
        private readonly ModelNode[] _nodes;

        public World()
        {
            _nodes = [new("a", _database), new("b", _database), new("c", _database)];
        }

        public Sights Seen { get; init; } = new();

        public void Step(byte kind, byte choice)
        {
            var node = _nodes[choice % _nodes.Length];
            switch (kind % 12)
            {
                case 0 or 1 or 2: _database.Begin(); break;
                case 3 or 4: _database.Finish(choice, isCommit: true); break;
                case 5: _database.Finish(choice, isCommit: choice % 2 == 0); break;
                case 6: node.Read(); break;
                case 7: _wire.AddRange(node.Relay().Select(message => (node, message.Part, message.End))); break;
                case 8 or 9 or 10: Deliver(choice); break;
                default: Disturb(choice, node); break;
            }
        }

        public bool IsRight()
        {
            foreach (var node in _nodes)
                node.Read();
            return _nodes.All(node => node.IsRight());
        }

        /// <summary>Mostly the oldest message, mostly to everybody, mostly once.</summary>
        private void Deliver(byte choice)
        {
            if (_wire.Count == 0)
                return;

            var (sender, part, end) = _wire[choice % 8 == 7 ? choice % _wire.Count : 0];
            for (var index = 0; index < _nodes.Length; index++)
            {
                if (_nodes[index] != sender && (choice >> (2 * index)) % 4 != 3)
                    _nodes[index].Receive(part, end, Seen);
            }

            if (choice % 16 != 5)
                _wire.RemoveAt(0);
        }

        private void Disturb(byte choice, ModelNode node)
        {
            switch (choice % 8)
            {
                case 0 when choice >= 128:
                    Seen.Replaced++;
                    _database.Replace(choice);
                    break;
                case 0 or 1:
                    Seen.Reused += _database.Crash();
                    break;
                case 2:
                    _wire.Clear();
                    break;
                case 3 or 4:
                    node.Restart();
                    break;
                case 5:
                    // After ten minutes: nothing is under way for so long.
                    _wire.Clear();
                    _database.Trim(committed => _nodes.All(other => other.Covers(committed.Xid)));
                    break;
                default:
                    _database.Finish(choice, isCommit: true);
                    break;
            }
        }
    }
}
