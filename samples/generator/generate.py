#!/usr/bin/env python3
"""Writes the three sample incidents. They are committed; run this only to change them. Every name, address and secret is made up."""
import checkout_outage
import memory_leak_rollout
import noisy_night_false_alarm

for sample in (checkout_outage, memory_leak_rollout, noisy_night_false_alarm):
    sample.write()
