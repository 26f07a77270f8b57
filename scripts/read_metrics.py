"""Reads figures as prometheus_client understands OpenMetrics, and prints one sample a line: python read_metrics.py FILE"""

import sys

from prometheus_client.openmetrics.parser import text_string_to_metric_families

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    text = file.read()
for family in text_string_to_metric_families(text):
    for sample in family.samples:
        labels = [f"{name}={value}" for name, value in sorted(sample.labels.items())]
        print(" ".join([sample.name, *labels, str(float(sample.value))]))
