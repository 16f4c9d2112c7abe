"""What happens between a webhook and a review.

web     HTTP in: verify, translate, hand to jobs; decides nothing
jobs    the durable queue: one delivery, one job, however often a process dies
review  one change reviewed: diff, placement, threads, wording; pure but for run.py
forges  all that differs between GitHub, GitLab and a repository on disk
store   the tables: deliveries, reviews, threads of the local forge
app.py  cli/  where the parts are put together
"""
