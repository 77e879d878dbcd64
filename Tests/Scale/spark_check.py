"""1,821 texts over four partitions of Spark: every line comes back, failed ones too, and no partition stops.

Usage: spark_check.py WHYLIGHT
Needs pyspark and Java. Prints a line, or ends with what is wrong.
"""

import json
import os
import random
import sys

COUNT, PARTITIONS = 1821, 4
BROKEN = {7: "not json", 300: "{\"id\": 300}", 455: "{\"id\": 455, \"text\": 5}", 911: "[]", 1200: "", 1365: "{", 1820: "null"}
WORDS = "a good bad film not very dull brilliant story acting that is never boring 🎬".split()


def main():
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    from pyspark import SparkConf, SparkContext

    random.seed(1)
    texts = [
        BROKEN.get(number) or json.dumps({"id": number, "text": " ".join(random.choices(WORDS, k=random.randint(2, 12)))})
        for number in range(COUNT)]
    # An empty line is no row: it is left out.
    texts[1200] = "{\"id\": 1200, \"tokens\": 3}"
    context = SparkContext(conf=SparkConf().setMaster("local[2]").set("spark.ui.enabled", "false"))
    context.setLogLevel("ERROR")
    command = f"{sys.argv[1]} explain --input - --data-format jsonl --method occlusion --format jsonl"
    answers = [json.loads(line) for line in context.parallelize(texts, PARTITIONS).pipe(command).collect()]
    context.stop()

    failed = [answer for answer in answers if "error" in answer]
    found = [answer["id"] for answer in answers if "error" not in answer]
    expected = [number for number in range(COUNT) if number not in BROKEN]
    if len(answers) != COUNT or len(failed) != len(BROKEN) or found != expected:
        sys.exit(
            f"{len(answers)} lines for {COUNT}, {len(failed)} failed of {len(BROKEN)}; "
            f"missing {sorted(set(expected) - set(found))[:5]}, too many {sorted(set(found) - set(expected))[:5]}")
    print(f"{COUNT} texts over {PARTITIONS} partitions: {len(found)} explained, {len(failed)} failed, none lost")


main()
