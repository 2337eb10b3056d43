"""The rooms of stance, in the order the data flows: intake, detection, judgement, alerting."""
