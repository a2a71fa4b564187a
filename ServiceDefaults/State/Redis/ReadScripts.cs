namespace FaultMaven.ServiceDefaults.State.Redis;

/// <summary>
/// Scripts that read at one moment, by the server's clock, what has not expired, and the one that deletes what has.
/// </summary>
internal static class ReadScripts
{
    /// <summary>KEYS: values, deadlines. ARGV: keys. Returns a value or nil for each.</summary>
    public const string Find =
        """
        local values = {}
        for first = 1, #ARGV, 1000 do
          local found = redis.call('HMGET', KEYS[1], unpack(ARGV, first, math.min(first + 999, #ARGV)))
          for i = 1, #found do values[first + i - 1] = found[i] end
        end

        -- Most partitions hold nothing that expires, and this is what services do most.
        if redis.call('EXISTS', KEYS[2]) == 0 then return values end

        """ + Clock +
        """
        if hasExpired(KEYS[2]) then
          for i, key in ipairs(ARGV) do
            if isExpired(KEYS[2], key) then values[i] = false end
          end
        end
        return values
        """;

    /// <summary>
    /// KEYS: values, deadlines, order. ARGV: lower and upper bound as of ZRANGEBYLEX, count, 1 for descending. Returns keys and values
    /// in turn.
    /// </summary>
    public const string List = Clock +
        """
        local lower, upper, count, isDescending = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4] == '1'
        local check = hasExpired(KEYS[2])
        local found = {}
        while #found < 2 * count do
          local wanted = math.min(batch, count - #found / 2)
          local keys = isDescending
            and redis.call('ZREVRANGEBYLEX', KEYS[3], upper, lower, 'LIMIT', 0, wanted)
            or redis.call('ZRANGEBYLEX', KEYS[3], lower, upper, 'LIMIT', 0, wanted)
          if #keys == 0 then break end
          for i, value in ipairs(redis.call('HMGET', KEYS[1], unpack(keys))) do
            if not (check and isExpired(KEYS[2], keys[i])) then
              found[#found + 1] = keys[i]
              found[#found + 1] = value
            end
          end
          if isDescending then upper = '(' .. keys[#keys] else lower = '(' .. keys[#keys] end
        end
        return found
        """;

    /// <summary>KEYS: order, deadlines. ARGV: prefix. Returns how many records have keys that begin so.</summary>
    public const string Count = Clock +
        """
        local count = redis.call('ZLEXCOUNT', KEYS[1], '[' .. ARGV[1], '(' .. ARGV[1] .. '\255')
        for _, key in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now)) do
          if string.sub(key, 1, #ARGV[1]) == ARGV[1] then count = count - 1 end
        end
        return count
        """;

    /// <summary>KEYS: values. ARGV: stream, how many entries to pass over, how many to return. Returns entries.</summary>
    public const string Read = Clock +
        """
        local length = tonumber(redis.call('HGET', KEYS[1], '\0' .. ARGV[1]) or 0)
        local last = math.min(length, ARGV[2] + ARGV[3])
        local entries = {}
        for first = ARGV[2] + 1, last, batch do
          local fields = {}
          for i = first, math.min(first + batch - 1, last) do
            fields[#fields + 1] = string.format('\0%s\0%.0f', ARGV[1], i)
          end
          for _, entry in ipairs(redis.call('HMGET', KEYS[1], unpack(fields))) do
            entries[#entries + 1] = entry
          end
        end
        return entries
        """;

    /// <summary>
    /// KEYS: partitions, due. ARGV: lower and upper bound as of ZRANGEBYLEX, count. Returns ids, and after each 1 if it holds records
    /// that have expired.
    /// </summary>
    public const string ListPartitions = Clock +
        """
        local found = {}
        for _, id in ipairs(redis.call('ZRANGEBYLEX', KEYS[1], ARGV[1], ARGV[2], 'LIMIT', 0, ARGV[3])) do
          found[#found + 1] = id
          found[#found + 1] = isExpired(KEYS[2], id) and 1 or 0
        end
        return found
        """;

    /// <summary>KEYS: values, deadlines. Returns 1 if there is anything that has not expired.</summary>
    public const string HoldsAnything = Clock +
        """
        return redis.call('HLEN', KEYS[1]) > redis.call('ZCOUNT', KEYS[2], '-inf', now) and 1 or 0
        """;

    /// <summary>KEYS: due. ARGV: count. Returns the ids of partitions that hold records that have expired.</summary>
    public const string FindDue = Clock +
        """
        return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
        """;

    /// <summary>
    /// KEYS: values, deadlines, order, partitions, due. ARGV: the partition's id. Deletes a batch of its records that have expired.
    /// </summary>
    public const string Sweep = Clock +
        """
        local keys = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, batch)
        if #keys > 0 then
          redis.call('HDEL', KEYS[1], unpack(keys))
          redis.call('ZREM', KEYS[3], unpack(keys))
          redis.call('ZREM', KEYS[2], unpack(keys))
        end
        local first = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
        if first[2] then
          redis.call('ZADD', KEYS[5], first[2], ARGV[1])
        else
          redis.call('ZREM', KEYS[5], ARGV[1])
        end
        if redis.call('EXISTS', KEYS[1]) == 0 then redis.call('ZREM', KEYS[4], ARGV[1]) end
        return #keys
        """;

    private const string Clock =
        """
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local batch = 1000

        local function hasExpired(deadlines) return redis.call('ZCOUNT', deadlines, '-inf', now) > 0 end

        local function isExpired(deadlines, key)
          local deadline = redis.call('ZSCORE', deadlines, key)
          return deadline and tonumber(deadline) <= now
        end


        """;
}
