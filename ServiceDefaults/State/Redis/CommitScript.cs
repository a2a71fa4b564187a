namespace FaultMaven.ServiceDefaults.State.Redis;

/// <summary>
/// The script that makes a transaction. Redis runs nothing else meanwhile and writes all of its effects to the log together; but it takes
/// nothing back if a script fails half-way, so all that can be refused is refused before the first change.
/// </summary>
internal static class CommitScript
{
    /// <summary>What its error begins with if a record that is added to is not a number.</summary>
    public const string NotANumber = "FORMAT";

    /// <summary>What its error begins with if a counter would become too large or too small.</summary>
    public const string Overflow = "OVERFLOW";

    /// <summary>
    /// KEYS: sequence, partitions, due; then values, order, deadlines of each partition. ARGV: for each partition its id and channel; for
    /// each how many conditions and these; for each how many changes and these (see <see cref="CommitMessage"/>). Returns the version, or
    /// nil if a condition does not hold.
    /// </summary>
    public const string Text =
        """
        local sequence, partitions, due = KEYS[1], KEYS[2], KEYS[3]
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local version

        -- unpack() takes fewer than 8000 values.
        local batch = 1000

        local position = 0
        local function take()
          position = position + 1
          return ARGV[position]
        end

        local function eachOf(parts, act)
          for _, part in ipairs(parts) do
            for _ = 1, tonumber(take()) do
              if act(part, take()) == false then return false end
            end
          end
          return true
        end

        local function find(part, key)
          local value = redis.call('HGET', part.values, key)
          if value and part.timed then
            local deadline = redis.call('ZSCORE', part.deadlines, key)
            if deadline and tonumber(deadline) <= now then return false end
          end
          return value
        end

        local function lengthOf(part, stream)
          return tonumber(redis.call('HGET', part.values, '\0' .. stream) or 0)
        end

        -- A number of Lua is exact to 2^53, so a sum is made of what is above a thousand million and what is below.
        local function split(number)
          local sign, digits = string.match(number, '^(-?)(%d+)$')
          if not digits or #digits > 19 then return nil end
          local unit = sign == '-' and -1 or 1
          return unit * (tonumber(string.sub(digits, 1, -10)) or 0), unit * tonumber(string.sub(digits, -9))
        end

        local function sum(left, right)
          local high, low = split(left)
          if not high then return nil, 'FORMAT' end
          local addedHigh, addedLow = split(right)
          high, low = high + addedHigh, low + addedLow
          local carry = math.floor(low / 1e9)
          high, low = high + carry, low - carry * 1e9
          if high < 0 and low > 0 then
            high, low = high + 1, low - 1e9
          end
          local isNegative = high < 0 or low < 0
          high, low = math.abs(high), math.abs(low)
          if high > 9223372036 or high == 9223372036 and low > (isNegative and 854775808 or 854775807) then
            return nil, 'OVERFLOW'
          end
          return (isNegative and '-' or '') .. (high > 0 and string.format('%.0f%09.0f', high, low) or string.format('%.0f', low))
        end

        local function holds(part, kind)
          local key = take()
          if kind == 'absent' then return not find(part, key) end
          if kind == 'present' then return find(part, key) ~= false end
          local expected = take()
          if kind == 'length' then return lengthOf(part, key) == tonumber(expected) end
          local value = find(part, key)
          if kind == 'version' then return value ~= false and string.sub(value, 1, 8) == expected end
          if kind == 'value' then return value ~= false and string.sub(value, 9) == expected end

          -- What is added to a counter: not a condition, but what it comes to must be known before anything changes.
          local total, refusal = sum(value and string.sub(value, 9) or '0', expected)
          part.sums[#part.sums + 1] = total
          part.refusal = part.refusal or refusal
          return true
        end

        local function remove(part, keys)
          redis.call('HDEL', part.values, unpack(keys))
          redis.call('ZREM', part.order, unpack(keys))
          if part.timed then redis.call('ZREM', part.deadlines, unpack(keys)) end
        end

        local function removeExpired(part)
          while part.timed do
            local keys = redis.call('ZRANGEBYSCORE', part.deadlines, '-inf', now, 'LIMIT', 0, batch)
            if #keys == 0 then return end
            remove(part, keys)
          end
        end

        local function keep(part, keys, lifetime)
          if lifetime == '' then
            if part.timed then redis.call('ZREM', part.deadlines, unpack(keys)) end
            return
          end
          local entries = {}
          for _, key in ipairs(keys) do
            entries[#entries + 1] = now + lifetime
            entries[#entries + 1] = key
          end
          redis.call('ZADD', part.deadlines, unpack(entries))
          part.timed = true
        end

        local function put(part, key, value, lifetime)
          if redis.call('HSET', part.values, key, struct.pack('>I8', version) .. value) == 1 then
            redis.call('ZADD', part.order, 0, key)
          end
          if lifetime ~= '' or part.timed then keep(part, { key }, lifetime) end
        end

        local function eachBatch(part, prefix, act)
          local from = '[' .. prefix
          while true do
            local keys = redis.call('ZRANGEBYLEX', part.order, from, '(' .. prefix .. '\255', 'LIMIT', 0, batch)
            if #keys == 0 then return end
            act(keys)
            from = '(' .. keys[#keys]
          end
        end

        local changes = {}

        function changes.put(part) put(part, take(), take(), take()) end

        function changes.enqueue(part)
          put(part, take() .. string.format('%016.0f', redis.call('INCR', sequence)), take(), '')
        end

        function changes.add(part) put(part, take(), table.remove(part.sums, 1), '') end

        function changes.delete(part) remove(part, { take() }) end

        function changes.deleteAll(part)
          eachBatch(part, take(), function(keys) remove(part, keys) end)
        end

        function changes.keep(part)
          local prefix, lifetime = take(), take()
          eachBatch(part, prefix, function(keys) keep(part, keys, lifetime) end)
        end

        function changes.append(part)
          local stream, count = take(), tonumber(take())
          local length = lengthOf(part, stream)
          local fields = {}
          for i = 1, count do
            fields[#fields + 1] = string.format('\0%s\0%.0f', stream, length + i)
            fields[#fields + 1] = take()
            if #fields >= batch or i == count then
              fields[#fields + 1] = '\0' .. stream
              fields[#fields + 1] = string.format('%.0f', length + i)
              redis.call('HSET', part.values, unpack(fields))
              fields = {}
            end
          end
          part.isStreamChanged = true
        end

        function changes.deleteStream(part)
          local stream = take()
          local length = lengthOf(part, stream)
          local fields = { '\0' .. stream }
          for i = 1, length do
            fields[#fields + 1] = string.format('\0%s\0%.0f', stream, i)
            if #fields >= batch then
              redis.call('HDEL', part.values, unpack(fields))
              fields = {}
            end
          end
          if #fields > 0 then redis.call('HDEL', part.values, unpack(fields)) end
          part.isStreamChanged = true
        end

        function changes.deletePartition(part)
          redis.call('UNLINK', part.values, part.order, part.deadlines)
          part.isStreamChanged = true
        end

        local function open(first)
          return {
            values = KEYS[first], order = KEYS[first + 1], deadlines = KEYS[first + 2],
            id = take(), channel = take(), sums = {},
            isHeld = redis.call('EXISTS', KEYS[first]) == 1,
            timed = redis.call('EXISTS', KEYS[first + 2]) == 1,
          }
        end

        local function close(part)
          local isHeld = redis.call('EXISTS', part.values) == 1
          if isHeld and not part.isHeld then redis.call('ZADD', partitions, 0, part.id) end
          if part.isHeld and not isHeld then redis.call('ZREM', partitions, part.id) end
          if part.timed then
            local first = redis.call('ZRANGE', part.deadlines, 0, 0, 'WITHSCORES')
            if first[2] then
              redis.call('ZADD', due, first[2], part.id)
            else
              redis.call('ZREM', due, part.id)
            end
          end
          if part.isStreamChanged then redis.call('PUBLISH', part.channel, '') end
        end

        local parts = {}
        for first = 4, #KEYS, 3 do parts[#parts + 1] = open(first) end
        if not eachOf(parts, holds) then return false end
        for _, part in ipairs(parts) do
          if part.refusal then return redis.error_reply(part.refusal .. ' of a counter') end
        end

        -- The first write: if the server takes none now, it says so here, before anything has changed.
        version = redis.pcall('INCR', sequence)
        if type(version) == 'table' then return version end

        for _, part in ipairs(parts) do removeExpired(part) end
        eachOf(parts, function(part, kind) changes[kind](part) end)
        for _, part in ipairs(parts) do close(part) end
        return version
        """;
}
