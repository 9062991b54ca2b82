
from tests.journeys.test_whole_chain import *
from tests.chain import call_for, participant
del test_from_the_call_to_a_service_that_lasts
def test_x(story):
    places = real_gminas(27)
    story.applicants = [
        Applicant(name, (places + places[:2] + places[:1])[number], number + 1)
        for number, name in enumerate(NAMES)
    ]
    call = call_for(story.visit)
    from sadzonka.visits.recruitment.mails import post_to_applicant
    for n in takes_part():
        a = story.applicants[n]
        post_to_applicant(participant(call, a.name, code=a.place.code), "accepted", key=f"x{n}")
    a = story.applicants[18]
    from tests.chain import application
    post_to_applicant(application(call, a.name, code=a.place.code, state="refused"), "sent", key=f"xx")
    delivers()
    Visit.objects.filter(pk=story.visit.pk).update(state="confirmed")
    the_visit_takes_place(story)
    card = what_was_seen_becomes_a_card(story)
    the_visit_ends_with_papers(story)
    it_takes_root(story, card)
    the_visit_is_accounted_for(story, card)
