"""6 How a record is shown. Terminal and page are made from the same view models, so they cannot disagree."""
