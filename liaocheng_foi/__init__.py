"""Read, check, compare and publish Chinese government-information-disclosure annual reports."""
