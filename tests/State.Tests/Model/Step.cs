using FaultMaven.ServiceDefaults.State;
using FsCheck;
using FsCheck.Fluent;

namespace FaultMaven.State.Tests.Model;

/// <summary>One condition or change, with a key of a small choice.</summary>
internal sealed record Operation(string Kind, string Key, int N);

/// <summary>One transaction on one of a few partitions, or some time that passes.</summary>
internal sealed record Step(int Partition, Operation[] Conditions, Operation[] Changes, Operation[] Shard, int Moments)
{
    /// <summary>Few and alike, so that operations meet: prefixes of each other, and ones whose order depends on the encoding.</summary>
    public static readonly string[] Keys = ["a", "a/", "a/1", "a/12", "a/2", "a0", "b", "é", "\uffee", "😀", "😀/1"];

    private static readonly string[] s_conditions = ["absent", "present", "equal", "version", "old version", "length"];

    private static readonly Gen<Operation> s_condition = Operations(s_conditions);

    private static readonly Gen<Operation> s_change = Gen.Frequency(
        (8, Operations(["put", "put for a while", "append", "append"])),
        (4, Operations(["add", "enqueue", "delete", "keep", "keep for a while", "delete all", "delete stream"])));

    private static readonly Gen<Operation> s_deletePartition = Gen.Constant(new Operation("delete partition", "", 0));

    private static readonly Gen<Operation> s_ownChange = Gen.Frequency((30, s_change), (1, s_deletePartition));

    private static readonly Gen<Step> s_transaction =
        from partition in Gen.Choose(0, 3)
        from conditions in Gen.Frequency((3, Gen.Constant(Array.Empty<Operation>())), (2, UpTo(2, s_condition)))
        from changes in UpTo(5, s_ownChange)
        from shard in Gen.Frequency((2, Gen.Constant(Array.Empty<Operation>())), (1, UpTo(2, s_change)))
        select new Step(partition, conditions, changes, shard, 0);

    private static readonly Gen<Step> s_wait = Gen.Choose(1, 4).Select(moments => new Step(0, [], [], [], moments));

    public static Arbitrary<Step[]> Sequences(int length) => Arb.From(
        UpTo(length, Gen.Frequency((8, s_transaction), (1, s_wait))),
        steps => steps.Select((_, i) => steps.Where((_, j) => j != i).ToArray()));

    /// <summary>Adds an operation to a transaction.</summary>
    public static void Describe(PartitionChanges changes, Operation operation, ModelPartition model, TimeSpan moment)
    {
        var (kind, key, n) = operation;
        var current = model.Find(key);
        switch (kind)
        {
            case "absent":
                changes.IfAbsent(key);
                break;
            case "present":
                changes.IfPresent(key);
                break;
            case "equal":
                changes.IfEqual(key, n % 2 == 0 && current is not null ? current.Value : StoreUnderTest.Bytes($"{n}"));
                break;
            case "version":
                changes.IfUnchanged(key, current is null ? null : new StateRecord(key, current.Value, current.Version!.Value));
                break;
            case "old version":
                changes.IfUnchanged(key, new StateRecord(key, default, n));
                break;
            case "length":
                changes.IfLength(key, n % 3 == 0 ? n : model.Read(key).Count);
                break;
            case "put":
                // A counter must stay a number; an empty value is added to nowhere, as its key is not one of theirs.
                changes.Put(key, key == "é" ? "" : $"{n}");
                break;
            case "put for a while":
                changes.Put(key, $"{n}", (n + 1) * moment);
                break;
            case "append":
                changes.Append(key, [.. Enumerable.Range(0, n).Select(i => StoreUnderTest.Bytes($"{n}.{i}"))]);
                break;
            case "add":
                changes.Add(key == "é" ? "b" : key, n - 3);
                break;
            case "enqueue":
                // No queue's prefix begins another's, so that it can be seen whose a key is.
                changes.Enqueue($"{key}|", StoreUnderTest.Bytes($"{n}"));
                break;
            case "delete":
                changes.Delete(key);
                break;
            case "delete all":
                changes.DeleteAll(key);
                break;
            case "keep":
                changes.Keep(key, null);
                break;
            case "keep for a while":
                changes.Keep(key, (n + 1) * moment);
                break;
            case "delete stream":
                changes.DeleteStream(key);
                break;
            case "delete partition":
                ((StateTransaction)changes).DeletePartition();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(operation), kind, "Not an operation.");
        }
    }

    public override string ToString() => Moments > 0
        ? $"wait {Moments}"
        : $"in {Partition} if [{Show(Conditions)}] do [{Show(Changes)}] and in its shard [{Show(Shard)}]";

    private static string Show(Operation[] operations) => string.Join(", ", operations.Select(o => $"{o.Kind} {o.Key} {o.N}"));

    private static Gen<T[]> UpTo<T>(int length, Gen<T> one) =>
        from count in Gen.Choose(1, length) from items in one.ArrayOf(count) select items;

    private static Gen<Operation> Operations(string[] kinds) =>
        from kind in Gen.Elements(kinds) from key in Gen.Elements(Keys) from n in Gen.Choose(0, 6) select new Operation(kind, key, n);
}
